import { Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { type Alarms, PERIOD } from './alarms.ts';
import { API_ROUTES, type ApiCapability, PUBLIC_CAPABILITY } from './api-routes.ts';
import { stageLog } from './retention.ts';

export interface FundApiProps {
  readonly config: StageConfig;
  readonly alarms: Alarms;
  readonly functions: Readonly<Record<ApiCapability, LambdaFunction>>;
}

/**
 * The HTTP API: every route named, every one behind the token of the configured issuer but those that describe the API
 * itself. Requests are counted and limited per stage, and logged without what could be a secret.
 */
export class FundApi extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { config, alarms, functions }: FundApiProps) {
    super(scope, id);
    const { issuer, audience, scopes } = config.identity;
    const api = new HttpApi(this, 'Api', {
      apiName: `jinqu-${config.stage}`,
      createDefaultStage: false,
      defaultAuthorizer: new HttpJwtAuthorizer('Token', issuer, { jwtAudience: audience }),
      defaultAuthorizationScopes: scopes,
    });
    for (const [capability, routes] of Object.entries(API_ROUTES)) {
      if (!isCapability(capability)) continue;
      const integration = new HttpLambdaIntegration(capability, functions[capability], {
        scopePermissionToRoute: false,
      });
      for (const route of routes) this.#add(api, integration, route, capability === PUBLIC_CAPABILITY);
    }
    this.#stage(api, config);
    this.url = api.apiEndpoint;
    alarms.add(this, {
      id: 'api-server-errors',
      metric: api.metricServerError({ period: PERIOD, statistic: Stats.SUM }),
      threshold: 1,
      broke: 'The API has answered with a server error.',
      impact:
        'Somebody’s request failed through no fault of their own; sent again with the same key it takes effect once.',
    });
  }

  #add(api: HttpApi, integration: HttpLambdaIntegration, route: string, open: boolean): void {
    const [method = '', path = ''] = route.split(' ');
    const added = api.addRoutes({
      path,
      methods: [method === 'GET' ? HttpMethod.GET : HttpMethod.POST],
      integration,
      ...(open ? { authorizer: new HttpNoneAuthorizer(), authorizationScopes: [] } : {}),
    });
    if (!open) return;
    for (const each of added) {
      Validations.of(each).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'Describes the API and its error codes, which are public; it reads no table and takes no body.',
      });
    }
  }

  #stage(api: HttpApi, config: StageConfig): void {
    const logGroup = stageLog(this, 'AccessLog', config, 'api/access');
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: { rateLimit: config.api.requestsPerSecond, burstLimit: config.api.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: ACCESS_LOG },
    });
  }
}

const isCapability = (name: string): name is ApiCapability => Object.hasOwn(API_ROUTES, name);

/** Who asked for what, when, and what came of it. No header, no query, no body: they may hold tokens and names. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    time: '$context.requestTime',
    requestId: '$context.requestId',
    subject: '$context.authorizer.claims.sub',
    sourceIp: '$context.identity.sourceIp',
    route: '$context.routeKey',
    path: '$context.path',
    status: '$context.status',
    refusal: '$context.authorizer.error',
    failure: '$context.integrationErrorMessage',
    milliseconds: '$context.responseLatency',
    bytes: '$context.responseLength',
  }),
);
