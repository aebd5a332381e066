import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { approvalRoutes } from '#functions/approvals/routes.ts';
import { capitalRoutes } from '#functions/capital/routes.ts';
import { docsRoutes } from '#functions/docs/routes.ts';
import { equityRoutes } from '#functions/equity/routes.ts';
import { guidanceRoutes } from '#functions/guidance-fund/routes.ts';
import { importRoutes } from '#functions/imports/routes.ts';
import { ledgerRoutes } from '#functions/ledger/routes.ts';
import { paymentRoutes } from '#functions/payments/routes.ts';
import { registerRoutes } from '#functions/register/routes.ts';
import { compensationRoutes } from '#functions/risk-compensation/routes.ts';
import { loanRoutes } from '#functions/seed-fund/routes.ts';
import { API_ROUTES, type ApiCapability } from '#infra/constructs/api-routes.ts';
import { apiParts, bankObjects } from '#shared/runtime/container.ts';
import type { Route } from '#shared/runtime/route.ts';
import { ENV } from '#shared/storage/names.ts';
import { ofType, STAGE, synthesise } from '../support/synthesis.ts';

for (const name of Object.values(ENV)) vi.stubEnv(name, 'never asked');
vi.stubEnv('AWS_REGION', 'eu-west-1');
const { kernel, ledger, reader } = apiParts();
const files = bankObjects();
vi.unstubAllEnvs();

/** What the functions declare. Nothing behind the routes is called here. */
const DECLARED = {
  'seed-fund': loanRoutes(kernel, ledger, reader),
  equity: equityRoutes(kernel, ledger, reader),
  'risk-compensation': compensationRoutes(kernel, ledger, reader),
  'guidance-fund': guidanceRoutes(kernel, ledger, reader),
  approvals: approvalRoutes(kernel, ledger, reader),
  capital: capitalRoutes(kernel, ledger, reader),
  payments: paymentRoutes(kernel, ledger, reader),
  register: registerRoutes(kernel, ledger, reader),
  imports: importRoutes(kernel, ledger, reader, files),
  ledger: ledgerRoutes(ledger, reader),
  docs: docsRoutes('https://id.example.com'),
} satisfies Record<ApiCapability, readonly Route[]>;

const FUNCTIONS = new URL('../../functions/', import.meta.url);
const folders = readdirSync(FUNCTIONS);
const { pipeline } = synthesise(STAGE);

const properties = z.object({
  RouteKey: z.string(),
  AuthorizationType: z.string(),
  AuthorizerId: z.json().optional(),
  Target: z.object({ 'Fn::Join': z.tuple([z.string(), z.tuple([z.string(), z.object({ Ref: z.string() })])]) }),
});
const deployed = ofType(pipeline, 'AWS::ApiGatewayV2::Route').map(([, route]) => properties.parse(route.Properties));

describe('the API’s routes', () => {
  test.each(Object.entries(DECLARED))('those of %s are the ones its function answers', (capability, routes) => {
    const listed: Readonly<Record<string, readonly string[]>> = API_ROUTES;
    expect([...(listed[capability] ?? [])].sort()).toEqual(routes.map((r) => `${r.method} ${r.path}`).sort());
  });

  test('no folder with routes is left out', () => {
    const withRoutes = folders.filter((folder) => existsSync(new URL(`${folder}/routes.ts`, FUNCTIONS)));
    expect(withRoutes.sort()).toEqual(Object.keys(API_ROUTES).sort());
  });

  test('each is deployed once, to the function of its capability', () => {
    const targets = new Map(
      deployed.map(({ RouteKey, Target }) => {
        const integration = pipeline.Resources[Target['Fn::Join'][1][1].Ref]?.Properties['IntegrationUri'];
        return [RouteKey, JSON.stringify(integration)];
      }),
    );
    const listed = Object.entries(API_ROUTES).flatMap(([capability, routes]) =>
      routes.map((route) => [route, capability] as const),
    );
    expect([...targets.keys()].sort()).toEqual(listed.map(([route]) => route).sort());
    expect(deployed).toHaveLength(listed.length);
    for (const [route, capability] of listed) {
      const pascal = capability.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
      expect(targets.get(route)).toMatch(new RegExp(`^{"Fn::GetAtt":\\["${pascal}ApiFunction[0-9A-F]{8}","Arn"\\]}$`));
    }
  });

  test('a token is asked for on every one, but for the description of the API and of its errors', () => {
    const open = deployed.filter(({ AuthorizationType }) => AuthorizationType !== 'JWT').map((r) => r.RouteKey);
    expect(open.sort()).toEqual(['GET /openapi.json', 'GET /problems/{code}']);
    const [authorizer, ...others] = ofType(pipeline, 'AWS::ApiGatewayV2::Authorizer');
    expect(others).toEqual([]);
    for (const { AuthorizationType, AuthorizerId } of deployed) {
      expect(AuthorizerId).toEqual(AuthorizationType === 'JWT' ? { Ref: authorizer?.[0] } : undefined);
    }
  });

  test('what is open in the API is open in the function, and nothing else is', () => {
    const open = Object.values(DECLARED)
      .flat()
      .filter(({ roles }) => roles.length === 0);
    expect(open.map((r) => `${r.method} ${r.path}`).sort()).toEqual(['GET /openapi.json', 'GET /problems/{code}']);
  });
});

describe('who may ask', () => {
  test('the authorizer trusts the configured issuer and audience, and nobody else', () => {
    const [, authorizer] = ofType(pipeline, 'AWS::ApiGatewayV2::Authorizer')[0] ?? [];
    expect(authorizer?.Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://id.example.com', Audience: ['jinqu'] },
    });
  });

  test('given scopes, then every route with a token asks for one of them, and an open one for none', () => {
    const scoped = synthesise({ ...STAGE, identity: { ...STAGE.identity, scopes: ['jinqu:use'] } });
    for (const [, { Properties }] of ofType(scoped.pipeline, 'AWS::ApiGatewayV2::Route')) {
      const expected = Properties['AuthorizationType'] === 'JWT' ? ['jinqu:use'] : undefined;
      expect(Properties['AuthorizationScopes']).toEqual(expected);
    }
  });

  test('requests are limited, and logged without anything that could hold a token', () => {
    const [, stage] = ofType(pipeline, 'AWS::ApiGatewayV2::Stage')[0] ?? [];
    expect(stage?.Properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100, DetailedMetricsEnabled: true },
    });
    const { Format } = z.object({ Format: z.string() }).parse(stage?.Properties['AccessLogSettings']);
    const logged = Object.values(z.record(z.string(), z.string()).parse(JSON.parse(Format)));
    expect(logged).toContain('$context.authorizer.claims.sub');
    for (const name of logged) expect(name).toMatch(/^\$context\.[A-Za-z.]+$/);
    expect(Format).not.toMatch(/header|query|body|token/i);
  });
});
