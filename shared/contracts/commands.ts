import * as z from 'zod';
import {
  charterDocument,
  extensionProposal,
  loanApplication,
  novationProposal,
  writeOffProposal,
} from './documents.ts';
import {
  callIdText,
  caseIdText,
  dateText,
  fenText,
  fundIdText,
  hashText,
  lineText,
  loanIdText,
  paymentIdText,
  personIdText,
  receiptIdText,
  sha256Text,
} from './scalars.ts';

/** What a decider was shown; every decision carries it. */
export const shown = { revision: z.int().min(1).max(10_000), payloadHash: hashText };

/** One line of a bank statement. Text from the bank is taken as it comes, shortened to what an entry can bear. */
export const bankLine = z.strictObject({
  side: z.enum(['credit', 'debit']),
  amountFen: fenText,
  bookedOn: dateText,
  reference: z.string().min(1).max(64),
  payer: z.string().max(140),
  payerAccount: z.string().max(40),
  remittance: z.string().max(140),
});

/** The payload of every kind of command, in wire form. Changing one means a new version of the envelope. */
export const payloads = {
  'charter.propose': z.strictObject({ caseId: caseIdText, charter: charterDocument }),
  'case.review': z.strictObject({
    caseId: caseIdText,
    ...shown,
    opinion: z.enum(['pass', 'return', 'reject']),
    comment: lineText(200),
  }),
  'case.vote': z.strictObject({
    caseId: caseIdText,
    ...shown,
    choice: z.enum(['approve', 'reject', 'abstain', 'recuse']),
    onBehalfOf: personIdText.exactOptional(),
    comment: lineText(200),
  }),
  'case.object': z.strictObject({ caseId: caseIdText, reason: lineText(200) }),
  'case.approve': z.strictObject({ caseId: caseIdText, ...shown }),
  'case.reject': z.strictObject({ caseId: caseIdText, ...shown, reason: lineText(200) }),
  'case.withdraw': z.strictObject({ caseId: caseIdText, reason: lineText(200) }),
  'case.lapse': z.strictObject({ caseId: caseIdText }),
  'delegation.give': z.strictObject({ to: personIdText, firstDay: dateText, lastDay: dateText }),
  'capital.call': z.strictObject({
    callId: callIdText,
    amountFen: fenText,
    dueOn: dateText,
    documentNumber: lineText(60),
  }),
  'capital.receive': z.strictObject({ callId: callIdText, contributor: z.string().max(16), line: bankLine }),
  'capital.cancel-call': z.strictObject({ callId: callIdText, reason: lineText(200) }),
  'loan.apply': z.strictObject({ caseId: caseIdText, application: loanApplication }),
  'loan.reapply': z.strictObject({ caseId: caseIdText, application: loanApplication }),
  'loan.contract': z.strictObject({
    caseId: caseIdText,
    contractNumber: lineText(40),
    contractSha256: sha256Text,
    signedOn: dateText,
  }),
  'loan.reinstruct': z.strictObject({ loanId: loanIdText, reason: lineText(200) }),
  'loan.cancel': z.strictObject({ loanId: loanIdText, reason: lineText(200) }),
  'loan.instruct': z.strictObject({ loanId: loanIdText }),
  'loan.repay': z.strictObject({ loanId: loanIdText, line: bankLine }),
  'loan.propose-extension': z.strictObject({
    caseId: caseIdText,
    content: z.strictObject({ subject: z.literal('extension'), extension: extensionProposal }),
  }),
  'loan.propose-novation': z.strictObject({
    caseId: caseIdText,
    content: z.strictObject({ subject: z.literal('novation'), novation: novationProposal }),
  }),
  'loan.propose-write-off': z.strictObject({
    caseId: caseIdText,
    content: z.strictObject({ subject: z.literal('write-off'), writeOff: writeOffProposal }),
  }),
  'payment.doubt': z.strictObject({ paymentId: paymentIdText, date: dateText }),
  'payment.settle': z.strictObject({ paymentId: paymentIdText, line: bankLine }),
  'payment.bounce': z.strictObject({
    paymentId: paymentIdText,
    reasonCode: z.string().max(35),
    reasonText: z.string().max(140),
  }),
  'payment.give-back': z.strictObject({ paymentId: paymentIdText, line: bankLine }),
  'receipt.suspend': z.strictObject({ line: bankLine }),
  'receipt.assign': z.strictObject({ receiptId: receiptIdText, loanId: loanIdText, amountFen: fenText }),
  'statement.record': z.strictObject({
    statementId: z.string().min(1).max(64),
    fileKey: z.string().max(300),
    sha256: sha256Text,
    date: dateText,
    openingFen: fenText,
    closingFen: fenText,
    lines: z.int().min(0),
  }),
  'day.close': z.strictObject({ through: dateText, loanIds: z.array(loanIdText).max(8), last: z.boolean() }),
} as const;

export type CommandKind = keyof typeof payloads;

/** Version of the envelope; consumers take this one and the one before. */
export const ENVELOPE_VERSION = 1;

/** A command on a queue. Only machines send these; people's commands come through the API. */
export const envelope = z.strictObject({
  v: z.literal(ENVELOPE_VERSION),
  id: z.string().min(1).max(128),
  kind: z.enum(Object.keys(payloads) as [CommandKind, ...CommandKind[]]),
  fundId: fundIdText,
  payload: z.record(z.string(), z.json()),
});
export type Envelope = z.output<typeof envelope>;

/** What the payment queue carries: send an instruction, or ask the bank what became of it. */
export const paymentMessage = z.strictObject({
  v: z.literal(ENVELOPE_VERSION),
  id: z.string().min(1).max(128),
  kind: z.enum(['payment.send', 'payment.enquire']),
  fundId: fundIdText,
  payload: z.strictObject({ loanId: loanIdText, paymentId: paymentIdText }),
});
export type PaymentMessage = z.output<typeof paymentMessage>;
