import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ENV } from '#shared/storage/names.ts';
import type { StageConfig } from '../config.ts';
import type { ApiCapability } from '../constructs/api-routes.ts';
import { pascal } from '../constructs/pascal.ts';
import type { Permission, Permissions } from '../constructs/permissions.ts';
import type { ServiceFunctionProps } from '../constructs/service-function.ts';

type Environment = Readonly<Record<string, string>>;

export interface ApiFunctionsProps {
  readonly config: StageConfig;
  readonly may: Permissions;
  /** Of whoever reads a book. */
  readonly book: Environment;
  /** Of whoever reads or writes files. */
  readonly bank: Environment;
  readonly viewsTable: string;
  readonly define: (
    id: string,
    props: Pick<ServiceFunctionProps, 'entry' | 'environment' | 'permissions' | 'errorImpact'>,
  ) => LambdaFunction;
}

/** Capabilities whose function takes decisions and answers lists, and what it means to people that it fails. */
const OFFICES = {
  'seed-fund': 'Officers cannot file applications, nor treasurers contracts.',
  'risk-compensation':
    'Banks cannot file loans or claims, and nobody can see what a fund covers; filing deadlines run on.',
  'guidance-fund':
    'Nobody can propose investments or distributions of guidance funds, or see limits, partners and time limits.',
  equity: 'Agreements, registrations, dividends and sales of shares wait.',
  approvals: 'Nobody can review, vote or approve; deadlines run on.',
  capital: 'Contributors cannot be called for their shares.',
  payments: 'Treasurers cannot release payments or place receipts.',
  register: 'Enterprises and banks of the zone cannot be registered.',
} as const satisfies Record<Exclude<ApiCapability, 'imports' | 'ledger' | 'docs'>, string>;

type Office = keyof typeof OFFICES;

/** The functions behind the API, one for each capability. */
export const apiFunctions = (props: ApiFunctionsProps): Record<ApiCapability, LambdaFunction> => {
  const { config, may, book, bank, viewsTable, define } = props;
  const { issuer, rolesClaim, fundsClaim, bankClaim } = config.identity;
  const claims = { [ENV.rolesClaim]: rolesClaim, [ENV.fundsClaim]: fundsClaim, [ENV.bankClaim]: bankClaim };
  const environment = { ...book, [ENV.viewsTable]: viewsTable, ...claims };
  const office = (capability: Office, more: readonly Permission[] = []): LambdaFunction =>
    define(`${pascal(capability)}Api`, {
      entry: `${capability}/api`,
      environment,
      permissions: [may.commit(), may.readViews(), ...more],
      errorImpact: OFFICES[capability],
    });
  return {
    'seed-fund': office('seed-fund'),
    'risk-compensation': office('risk-compensation'),
    'guidance-fund': office('guidance-fund', [may.readWatermark()]),
    equity: office('equity'),
    // A claim is held against the books of all funds.
    approvals: office('approvals', [may.readWorklists()]),
    capital: office('capital'),
    payments: office('payments'),
    register: office('register'),
    imports: define('ImportsApi', {
      entry: 'imports/api',
      environment: { ...environment, ...bank },
      permissions: [may.commit(), may.readViews(), may.keepImports()],
      errorImpact: 'Banks and officers cannot hand in files of rows, or see what became of them.',
    }),
    ledger: define('LedgerApi', {
      entry: 'ledger/api',
      environment,
      permissions: [may.loadBook(), may.readEntries(), may.readViews(), may.readWatermark()],
      errorImpact: 'Accountants and auditors cannot read the books.',
    }),
    docs: define('DocsApi', {
      entry: 'docs/api',
      environment: { [ENV.issuer]: issuer },
      permissions: [],
      errorImpact: 'The description of the API and of its error codes cannot be fetched; nothing else is touched.',
    }),
  };
};
