import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { ENV, METRICS } from '#shared/storage/names.ts';
import type { StageConfig } from '../config.ts';
import { PERIOD } from '../constructs/alarms.ts';
import type { ApiCapability } from '../constructs/api-routes.ts';
import { DailySchedule } from '../constructs/daily-schedule.ts';
import { FundApi } from '../constructs/fund-api.ts';
import { JournalConsumer } from '../constructs/journal-consumer.ts';
import { MessageQueue } from '../constructs/message-queue.ts';
import { permissionsOn } from '../constructs/permissions.ts';
import { ServiceFunction, type ServiceFunctionProps } from '../constructs/service-function.ts';
import { TIMEOUT_SECONDS } from '../constructs/timeouts.ts';
import type { StorageStack } from './storage-stack.ts';

export interface PipelineStackProps extends StackProps {
  readonly config: StageConfig;
  readonly storage: StorageStack;
}

/** Everything that can be torn down and put up again without losing a fen: functions, queues, the API, the schedule. */
export class PipelineStack extends Stack {
  readonly #config: StageConfig;
  readonly #storage: StorageStack;
  readonly #may: ReturnType<typeof permissionsOn>;
  readonly #book: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { config, storage, ...props }: PipelineStackProps) {
    super(scope, id, props);
    this.#config = config;
    this.#storage = storage;
    this.#may = permissionsOn(storage);
    this.#book = { [ENV.journalTable]: storage.journal.tableName, [ENV.stateTable]: storage.state.tableName };
    const funds = this.#queue('FundQueue', {
      name: 'fund-queue',
      consumerTimeoutSeconds: TIMEOUT_SECONDS.worker,
      ageMaxSeconds: 600,
      errorImpact: 'Approved commands of a fund are not carried out: disbursements, receipts and closes stand still.',
    });
    const payments = this.#queue('PaymentsQueue', {
      name: 'payments-queue',
      consumerTimeoutSeconds: TIMEOUT_SECONDS.send,
      ageMaxSeconds: 600,
      errorImpact: 'Money that was approved and contracted does not leave for the borrower.',
    });
    const close = this.#queue('CloseQueue', {
      name: 'close-queue',
      consumerTimeoutSeconds: TIMEOUT_SECONDS.close,
      ageMaxSeconds: 3_600,
      errorImpact: 'The day is not closed: ageing, grades, provisions and lapsing cases are a day old.',
      contentBasedDeduplication: true,
    });
    this.#readers(funds, payments, close);
    this.#journal(funds, payments);
    new DailySchedule(this, 'Daily', { config, queue: close.queue, alarms: storage.alarms });
    const api = new FundApi(this, 'Http', { config, alarms: storage.alarms, functions: this.#apis() });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'FundQueueUrl', { value: funds.queue.queueUrl });
    new CfnOutput(this, 'PaymentsQueueUrl', { value: payments.queue.queueUrl });
    new CfnOutput(this, 'CloseQueueUrl', { value: close.queue.queueUrl });
  }

  #readers(funds: MessageQueue, payments: MessageQueue, close: MessageQueue): void {
    const may = this.#may;
    const { bank, inbox } = this.#storage;
    const worker = this.#function('SeedFundWorker', {
      entry: 'seed-fund/worker',
      timeoutSeconds: TIMEOUT_SECONDS.worker,
      environment: this.#book,
      permissions: [may.commit()],
      errorImpact: 'Commands of the seed fund are not carried out: disbursements, receipts and closes stand still.',
    });
    consume(funds, worker);
    const send = this.#function('PaymentsSend', {
      entry: 'payments/send',
      timeoutSeconds: TIMEOUT_SECONDS.send,
      environment: { ...this.#book, [ENV.bankBucket]: bank.bucketName },
      permissions: [may.loadBook(), may.writeToBank()],
      errorImpact: 'Payment instructions and enquiries do not reach the bank; approved money does not leave.',
    });
    consume(payments, send);
    const intake = this.#function('PaymentsIntake', {
      entry: 'payments/intake',
      timeoutSeconds: TIMEOUT_SECONDS.intake,
      environment: { ...this.#book, [ENV.bankBucket]: bank.bucketName, [ENV.fundQueueUrl]: funds.queue.queueUrl },
      permissions: [may.loadBook(), may.readFromBank(), may.send(funds.queue)],
      errorImpact: 'Answers and statements of the bank are not read; payments stay unsettled, repayments unmatched.',
    });
    consume(inbox, intake);
    const daily = this.#function('CloseDaily', {
      entry: 'close/daily',
      timeoutSeconds: TIMEOUT_SECONDS.close,
      environment: { ...this.#book, [ENV.fundQueueUrl]: funds.queue.queueUrl },
      permissions: [may.loadBook(), may.readWorklists(), may.send(funds.queue)],
      errorImpact: 'The day is not closed: ageing, grades, provisions and lapsing cases are a day old.',
    });
    consume(close, daily);
  }

  #journal(funds: MessageQueue, payments: MessageQueue): void {
    const may = this.#may;
    const { journal, views, alarms } = this.#storage;
    const relayImpact = 'What a decision asked for is not passed on: nothing is disbursed, sent or closed.';
    const relay = this.#function('JournalRelay', {
      entry: 'journal/relay',
      timeoutSeconds: TIMEOUT_SECONDS.stream,
      environment: { [ENV.fundQueueUrl]: funds.queue.queueUrl, [ENV.paymentsQueueUrl]: payments.queue.queueUrl },
      permissions: [may.readStream(), may.send(funds.queue), may.send(payments.queue)],
      errorImpact: relayImpact,
    });
    const viewsImpact =
      'Balances, lists and timelines are out of date; they say as of which entry, decisions do not use them.';
    const project = this.#function('JournalProject', {
      entry: 'journal/project',
      timeoutSeconds: TIMEOUT_SECONDS.stream,
      environment: { [ENV.journalTable]: journal.tableName, [ENV.viewsTable]: views.tableName },
      permissions: [may.readStream(), may.readEntries(), may.readWatermark(), may.writeViews()],
      errorImpact: viewsImpact,
    });
    const consumers = [
      { id: 'Relayed', name: 'journal-relay', consumer: relay, errorImpact: relayImpact },
      { id: 'Projected', name: 'journal-project', consumer: project, errorImpact: viewsImpact },
    ];
    for (const { id, ...consumer } of consumers) new JournalConsumer(this, id, { ...consumer, journal, alarms });
    alarms.add(this, {
      id: 'journal-tampered',
      metric: new Metric({
        namespace: METRICS.namespace,
        metricName: METRICS.journalTampered,
        statistic: Stats.SUM,
        period: PERIOD,
      }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      broke: 'An entry of the Journal was changed or removed.',
      impact:
        'A book may no longer say what happened; pay nothing out of it until it has been compared with the archive.',
    });
  }

  #apis(): Record<ApiCapability, LambdaFunction> {
    const may = this.#may;
    const { identity } = this.#config;
    const claims = {
      [ENV.rolesClaim]: identity.rolesClaim,
      [ENV.fundsClaim]: identity.fundsClaim,
      [ENV.bankClaim]: identity.bankClaim,
    };
    const environment = { ...this.#book, [ENV.viewsTable]: this.#storage.views.tableName, ...claims };
    const api = (id: string, entry: `${ApiCapability}/api`, errorImpact: string) =>
      this.#function(id, {
        entry,
        timeoutSeconds: TIMEOUT_SECONDS.api,
        environment,
        permissions: [may.commit(), may.readViews()],
        errorImpact,
      });
    return {
      'seed-fund': api('SeedFundApi', 'seed-fund/api', 'Officers cannot file applications, nor treasurers contracts.'),
      approvals: api('ApprovalsApi', 'approvals/api', 'Nobody can review, vote or approve; deadlines run on.'),
      capital: api('CapitalApi', 'capital/api', 'Contributors cannot be called for their shares.'),
      payments: api('PaymentsApi', 'payments/api', 'Treasurers cannot place unmatched receipts.'),
      ledger: this.#function('LedgerApi', {
        entry: 'ledger/api',
        timeoutSeconds: TIMEOUT_SECONDS.api,
        environment,
        permissions: [may.loadBook(), may.readEntries(), may.readViews(), may.readWatermark()],
        errorImpact: 'Accountants and auditors cannot read the books.',
      }),
      docs: this.#function('DocsApi', {
        entry: 'docs/api',
        timeoutSeconds: TIMEOUT_SECONDS.api,
        environment: { [ENV.issuer]: identity.issuer },
        permissions: [],
        errorImpact: 'The description of the API and of its error codes cannot be fetched; nothing else is touched.',
      }),
    };
  }

  #queue(id: string, props: Omit<ConstructorParameters<typeof MessageQueue>[2], 'alarms'>): MessageQueue {
    return new MessageQueue(this, id, { ...props, alarms: this.#storage.alarms });
  }

  #function(id: string, props: Omit<ServiceFunctionProps, 'config' | 'alarms'>): LambdaFunction {
    return new ServiceFunction(this, id, { ...props, config: this.#config, alarms: this.#storage.alarms }).function;
  }
}

/** Messages handed to a function at once; the most a FIFO queue gives. */
const BATCH_MAX = 10;

const consume = ({ queue }: MessageQueue, consumer: LambdaFunction): void =>
  consumer.addEventSource(new SqsEventSource(queue, { batchSize: BATCH_MAX, reportBatchItemFailures: true }));
