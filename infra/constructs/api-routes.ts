/** Who answers which routes, so that the template can be read for what is open. A test keeps this list equal to the routes the functions declare. */
export const API_ROUTES = {
  'seed-fund': [
    'POST /funds/{fundId}/loans/applications',
    'POST /funds/{fundId}/loans/applications/{caseId}/revisions',
    'POST /funds/{fundId}/loans/contracts',
    'POST /funds/{fundId}/loans/contracts/bulk',
    'POST /funds/{fundId}/loans/{loanId}/reinstructions',
    'POST /funds/{fundId}/loans/{loanId}/cancellations',
    'POST /funds/{fundId}/loans/{loanId}/extensions',
    'POST /funds/{fundId}/loans/{loanId}/novations',
    'POST /funds/{fundId}/loans/{loanId}/write-offs',
    'GET /funds/{fundId}/loans/{loanId}',
    'GET /funds/{fundId}/enterprises/{enterpriseId}',
    'GET /funds/{fundId}/loans',
  ],
  approvals: [
    'POST /funds/{fundId}/charters',
    'POST /funds/{fundId}/cases/{caseId}/reviews',
    'POST /funds/{fundId}/cases/{caseId}/votes',
    'POST /funds/{fundId}/cases/{caseId}/objections',
    'POST /funds/{fundId}/cases/{caseId}/approvals',
    'POST /funds/{fundId}/approvals',
    'POST /funds/{fundId}/cases/{caseId}/rejections',
    'POST /funds/{fundId}/cases/{caseId}/withdrawals',
    'POST /funds/{fundId}/delegations',
    'GET /funds/{fundId}/cases/{caseId}',
    'GET /funds/{fundId}/charters/{version}',
    'GET /funds/{fundId}/cases',
    'GET /funds/{fundId}/charters',
  ],
  capital: [
    'POST /funds/{fundId}/capital/calls',
    'POST /funds/{fundId}/capital/calls/{callId}/cancellations',
    'POST /funds/{fundId}/capital/refunds',
    'GET /funds/{fundId}/capital',
    'GET /funds/{fundId}/capital/calls/{callId}',
    'GET /funds/{fundId}/capital/calls',
    'GET /funds/{fundId}/capital/refunds',
  ],
  payments: [
    'POST /funds/{fundId}/receipts/{receiptId}/assignments',
    'POST /funds/{fundId}/payments/{payId}/releases',
    'POST /funds/{fundId}/payments/releases',
    'POST /funds/{fundId}/payments/{payId}/cancellations',
    'GET /funds/{fundId}/payments/{payId}',
    'GET /funds/{fundId}/payments',
    'GET /funds/{fundId}/receipts/{receiptId}',
    'GET /funds/{fundId}/receipts',
    'GET /funds/{fundId}/statements',
  ],
  register: [
    'POST /funds/{fundId}/firms',
    'POST /funds/{fundId}/firms/bulk',
    'POST /funds/{fundId}/firms/{firmId}/moves',
    'POST /funds/{fundId}/firms/{firmId}/listings',
    'POST /funds/{fundId}/firms/{firmId}/rounds',
    'POST /funds/{fundId}/banks',
    'POST /funds/{fundId}/banks/{bankId}/endings',
    'GET /funds/{fundId}/firms/{firmId}',
    'GET /funds/{fundId}/banks/{bankId}',
    'GET /funds/{fundId}/firms',
    'GET /funds/{fundId}/banks',
  ],
  imports: [
    'POST /funds/{fundId}/imports/{kind}',
    'GET /funds/{fundId}/imports/{jobId}',
    'GET /funds/{fundId}/imports/{jobId}/rows',
    'GET /funds/{fundId}/imports/{jobId}/errors',
    'GET /funds/{fundId}/imports',
  ],
  ledger: [
    'GET /funds/{fundId}/books/head',
    'GET /funds/{fundId}/books/trial-balance',
    'GET /funds/{fundId}/books/entries',
    'GET /funds/{fundId}/books/accounts/{account}/lines',
    'GET /funds/{fundId}/books/accounts/{account}/by/{dimension}',
    'GET /funds/{fundId}/views/{type}/{id}/timeline',
  ],
  docs: ['GET /problems/{code}', 'GET /openapi.json'],
} as const satisfies Record<string, readonly `${Method} /${string}`[]>;

type Method = 'GET' | 'POST';

export type ApiCapability = keyof typeof API_ROUTES;

/** The only capability that asks for no token. */
export const PUBLIC_CAPABILITY = 'docs' satisfies ApiCapability;
