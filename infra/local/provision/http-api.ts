import * as z from 'zod';
import type { ApiDefinition, RouteTarget } from '../http/api.ts';
import { JwtAuthorizer } from '../http/authorizer.ts';
import { corsSchema } from '../http/cors.ts';
import type { Routed } from '../http/router.ts';
import type { LambdaFunction } from '../lambda/function.ts';
import type { Inventory } from '../template/inventory.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Environment, Resolver } from '../template/resolver.ts';
import type { StackResource } from '../template/stack.ts';

const TIMEOUT_MILLISECONDS_MAX = 30_000;

const apiSchema = z.object({ ProtocolType: z.literal('HTTP'), CorsConfiguration: corsSchema.optional() });
const stageSchema = z.object({
  StageName: z.literal('$default'),
  StageVariables: z.record(z.string(), z.string()).default({}),
});
const integrationSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.coerce.number().int().max(TIMEOUT_MILLISECONDS_MAX).default(TIMEOUT_MILLISECONDS_MAX),
});
const authorizerSchema = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.string().regex(/^\$request\.header\.[\w-]+$/)]),
  JwtConfiguration: z.object({ Audience: z.array(z.string()).min(1), Issuer: z.string() }),
});
const routeSchema = z.object({
  RouteKey: z.string(),
  Target: z.string().regex(/^integrations\//),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});

const PARTS = ['AWS::ApiGatewayV2::Integration', 'AWS::ApiGatewayV2::Authorizer'] as const;

/** The one HTTP API of the stacks, or nothing where there is none. Throws when there are several. */
export function apiResource(inventory: Inventory): StackResource | undefined {
  const [api, another] = inventory.of('AWS::ApiGatewayV2::Api');
  if (another !== undefined) throw new Error(`the local cloud serves one HTTP API, not ${another.logicalId} as well`);
  return api;
}

/** Makes the API's id and address known to the resolver. */
export function nameApi(resolver: Resolver, { stack, logicalId }: StackResource, apiUrl: string): void {
  const id = logicalId.toLowerCase();
  resolver.know(stack, logicalId, { ref: id, attributes: { ApiId: id, ApiEndpoint: apiUrl } });
}

/** The API with its routes, integrations and authorizers. Throws for kinds of them that the local cloud does not serve. */
export function provisionApi(
  resolver: Resolver,
  inventory: Inventory,
  api: StackResource,
  environment: Environment,
  functions: readonly LambdaFunction[],
): ApiDefinition {
  for (const type of PARTS) {
    for (const { stack, logicalId } of inventory.of(type)) {
      resolver.know(stack, logicalId, { ref: logicalId, attributes: { AuthorizerId: logicalId } });
    }
  }
  const byId = <Schema extends z.ZodType>(type: (typeof PARTS)[number], schema: Schema) =>
    new Map(inventory.of(type).map((resource) => [resource.logicalId, propertiesOf(resolver, resource, schema)]));
  const integrations = byId('AWS::ApiGatewayV2::Integration', integrationSchema);
  const authorizers = authorizersOf(byId('AWS::ApiGatewayV2::Authorizer', authorizerSchema));
  const [stage] = inventory.of('AWS::ApiGatewayV2::Stage').map((resource) => {
    resolver.know(resource.stack, resource.logicalId, { ref: '$default', attributes: {} });
    return propertiesOf(resolver, resource, stageSchema);
  });
  const routes = inventory.of('AWS::ApiGatewayV2::Route').map((resource): Routed<RouteTarget> => {
    const route = propertiesOf(resolver, resource, routeSchema);
    const integration = integrations.get(route.Target.replace('integrations/', ''));
    const uri = integration?.IntegrationUri ?? '';
    const target = functions.find(({ arn }) => uri === arn || uri.includes(`${arn}/invocations`));
    if (integration === undefined || target === undefined) throw new Error(`${route.RouteKey} leads to no function`);
    const authorizer = route.AuthorizationType === 'JWT' ? authorizers.get(route.AuthorizerId ?? '') : undefined;
    if (route.AuthorizationType === 'JWT' && authorizer === undefined) {
      throw new Error(`${route.RouteKey} has no authorizer`);
    }
    const { AuthorizationScopes: scopes } = route;
    const timeoutMilliseconds = integration.TimeoutInMillis;
    return { routeKey: route.RouteKey, target: { target, authorizer, scopes, timeoutMilliseconds } };
  });
  return {
    apiId: resolver.identityOf(api.stack, api.logicalId).ref,
    accountId: environment.accountId,
    routes,
    cors: propertiesOf(resolver, api, apiSchema).CorsConfiguration,
    stageVariables: stage?.StageVariables ?? {},
  };
}

const authorizersOf = (settings: ReadonlyMap<string, z.output<typeof authorizerSchema>>): Map<string, JwtAuthorizer> =>
  new Map(
    [...settings].map(
      ([
        id,
        {
          IdentitySource: [source],
          JwtConfiguration,
        },
      ]) => [
        id,
        new JwtAuthorizer({
          issuer: JwtConfiguration.Issuer,
          audiences: JwtConfiguration.Audience,
          header: source.replace('$request.header.', '').toLowerCase(),
        }),
      ],
    ),
  );
