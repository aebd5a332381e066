import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ENV, METRICS } from '#shared/storage/names.ts';
import type { StageConfig } from '../config.ts';
import { PERIOD } from '../constructs/alarms.ts';
import { DailySchedule } from '../constructs/daily-schedule.ts';
import { FunctionBundles } from '../constructs/function-bundles.ts';
import { FundApi } from '../constructs/fund-api.ts';
import { JournalConsumer } from '../constructs/journal-consumer.ts';
import { MessageQueue, type MessageQueueProps } from '../constructs/message-queue.ts';
import { type Permissions, permissionsOn } from '../constructs/permissions.ts';
import { RUNTIME, ServiceFunction, type ServiceFunctionProps } from '../constructs/service-function.ts';
import { TIMEOUT_SECONDS } from '../constructs/timeouts.ts';
import { apiFunctions } from './api-functions.ts';
import type { StorageStack } from './storage-stack.ts';

export interface PipelineStackProps extends StackProps {
  readonly config: StageConfig;
  readonly storage: StorageStack;
}

type FunctionProps = Omit<ServiceFunctionProps, 'config' | 'alarms' | 'bundles' | 'timeoutSeconds'>;

/** Everything that can be torn down and put up again without losing a fen: functions, queues, the API, the schedule. */
export class PipelineStack extends Stack {
  readonly #config: StageConfig;
  readonly #storage: StorageStack;
  readonly #may: Permissions;
  readonly #bundles: FunctionBundles;
  /** Environment of whoever reads a book. */
  readonly #book: Readonly<Record<string, string>>;
  /** Environment of whoever reads or writes files. */
  readonly #bank: Readonly<Record<string, string>>;
  readonly #funds: Queue;
  readonly #payments: Queue;
  readonly #imports: Queue;
  readonly #close: Queue;

  constructor(scope: Construct, id: string, { config, storage, ...props }: PipelineStackProps) {
    super(scope, id, props);
    this.#config = config;
    this.#storage = storage;
    this.#may = permissionsOn(storage);
    this.#bundles = new FunctionBundles(this, RUNTIME);
    this.#book = { [ENV.journalTable]: storage.journal.tableName, [ENV.stateTable]: storage.state.tableName };
    this.#bank = { [ENV.bankBucket]: storage.bank.bucketName };
    this.#funds = this.#queue('FundQueue', {
      name: 'fund-queue',
      consumerTimeoutSeconds: TIMEOUT_SECONDS.worker,
      ageMaxSeconds: 600,
      errorImpact: 'Approved commands of a fund are not carried out: disbursements, receipts and closes stand still.',
    });
    this.#payments = this.#queue('PaymentsQueue', {
      name: 'payments-queue',
      consumerTimeoutSeconds: TIMEOUT_SECONDS.send,
      ageMaxSeconds: 600,
      errorImpact: 'Money that was approved and contracted does not leave for its payee.',
    });
    this.#imports = this.#queue('ImportsQueue', {
      name: 'imports-queue',
      consumerTimeoutSeconds: TIMEOUT_SECONDS.imports,
      ageMaxSeconds: 1_800,
      errorImpact: 'Files of rows that banks or officers handed in are not dealt with any further.',
    });
    this.#close = this.#queue('CloseQueue', {
      name: 'close-queue',
      consumerTimeoutSeconds: TIMEOUT_SECONDS.close,
      ageMaxSeconds: 3_600,
      errorImpact: 'The day is not closed: ageing, grades, provisions and lapsing cases are a day old.',
      contentBasedDeduplication: true,
    });
    this.#workers();
    this.#bankFiles();
    this.#journal();
    storage.alarms.add(this, {
      id: 'functions-throttled',
      // Of the whole account in this region, for all its functions draw on one limit.
      metric: LambdaFunction.metricAllThrottles({ period: PERIOD }),
      threshold: 1,
      broke: 'A function was not let run, because the account’s limit is reached.',
      impact: 'Requests are turned away, and commands, payments and files wait longer.',
    });
    new DailySchedule(this, 'Daily', { config, queue: this.#close, alarms: storage.alarms });
    new CfnOutput(this, 'ApiUrl', { value: this.#api().url });
    new CfnOutput(this, 'FundQueueUrl', { value: this.#funds.queueUrl });
    new CfnOutput(this, 'PaymentsQueueUrl', { value: this.#payments.queueUrl });
    new CfnOutput(this, 'CloseQueueUrl', { value: this.#close.queueUrl });
  }

  /** What carries out commands, and what asks for them once a day. */
  #workers(): void {
    const may = this.#may;
    this.#consumer('SeedFundWorker', this.#funds, TIMEOUT_SECONDS.worker, {
      entry: 'seed-fund/worker',
      environment: this.#book,
      permissions: [may.commit()],
      errorImpact: 'Commands of funds are not carried out: disbursements, receipts and closes stand still.',
    });
    this.#consumer('ImportsWorker', this.#imports, TIMEOUT_SECONDS.imports, {
      entry: 'imports/worker',
      environment: { ...this.#book, ...this.#bank },
      permissions: [may.commit(), may.keepImports()],
      errorImpact: 'Files of rows that banks or officers handed in are not dealt with any further.',
    });
    this.#consumer('CloseDaily', this.#close, TIMEOUT_SECONDS.close, {
      entry: 'close/daily',
      environment: { ...this.#book, [ENV.fundQueueUrl]: this.#funds.queueUrl },
      permissions: [may.loadBook(), may.readWorklists(), may.send(this.#funds)],
      errorImpact: 'The day is not closed: ageing, grades, provisions and lapsing cases are a day old.',
    });
  }

  /** What the bank is sent, and what it delivers. */
  #bankFiles(): void {
    const may = this.#may;
    this.#consumer('PaymentsSend', this.#payments, TIMEOUT_SECONDS.send, {
      entry: 'payments/send',
      environment: { ...this.#book, ...this.#bank },
      permissions: [may.loadBook(), may.writeToBank()],
      errorImpact: 'Payment instructions and enquiries do not reach the bank; approved money does not leave.',
    });
    this.#consumer('PaymentsIntake', this.#storage.inbox.queue, TIMEOUT_SECONDS.intake, {
      entry: 'payments/intake',
      environment: { ...this.#book, ...this.#bank, [ENV.fundQueueUrl]: this.#funds.queueUrl },
      permissions: [may.loadBook(), may.readFromBank(), may.send(this.#funds)],
      errorImpact: 'Answers and statements of the bank are not read; payments stay unsettled, repayments unmatched.',
    });
  }

  /** What follows the Journal, and the alarm for when somebody got at it. */
  #journal(): void {
    const may = this.#may;
    const { journal, views, alarms } = this.#storage;
    this.#follower('JournalRelay', {
      entry: 'journal/relay',
      environment: {
        [ENV.fundQueueUrl]: this.#funds.queueUrl,
        [ENV.paymentsQueueUrl]: this.#payments.queueUrl,
        [ENV.importsQueueUrl]: this.#imports.queueUrl,
      },
      permissions: [may.readStream(), may.send(this.#funds), may.send(this.#payments), may.send(this.#imports)],
      errorImpact: 'What a decision asked for is not passed on: nothing is disbursed, sent or closed.',
    });
    this.#follower('JournalProject', {
      entry: 'journal/project',
      environment: { [ENV.journalTable]: journal.tableName, [ENV.viewsTable]: views.tableName },
      permissions: [may.readStream(), may.readEntries(), may.readWatermark(), may.writeViews()],
      errorImpact:
        'Balances, lists and timelines are out of date; they say as of which entry, and nothing is decided by them.',
    });
    alarms.add(this, {
      id: 'journal-tampered',
      metric: new Metric({
        namespace: METRICS.namespace,
        metricName: METRICS.journalTampered,
        statistic: Stats.SUM,
        period: PERIOD,
      }),
      threshold: 1,
      broke: 'An entry of the Journal was changed or removed.',
      impact: 'A book may no longer say what happened; pay nothing out of it until it has been compared with a backup.',
    });
  }

  #api(): FundApi {
    const { alarms, views } = this.#storage;
    const functions = apiFunctions({
      config: this.#config,
      may: this.#may,
      book: this.#book,
      bank: this.#bank,
      viewsTable: views.tableName,
      define: (id, props) => this.#function(id, TIMEOUT_SECONDS.api, props),
    });
    return new FundApi(this, 'Http', { config: this.#config, alarms, functions });
  }

  #queue(id: string, props: Omit<MessageQueueProps, 'config' | 'alarms'>): Queue {
    return new MessageQueue(this, id, { ...props, config: this.#config, alarms: this.#storage.alarms }).queue;
  }

  #function(id: string, timeoutSeconds: number, props: FunctionProps): LambdaFunction {
    const common = { config: this.#config, alarms: this.#storage.alarms, bundles: this.#bundles, timeoutSeconds };
    return new ServiceFunction(this, id, { ...props, ...common }).function;
  }

  #consumer(id: string, queue: Queue, timeoutSeconds: number, props: FunctionProps): void {
    const source = new SqsEventSource(queue, { batchSize: BATCH_MAX, reportBatchItemFailures: true });
    this.#function(id, timeoutSeconds, props).addEventSource(source);
  }

  #follower(id: string, props: FunctionProps): void {
    const { journal, alarms } = this.#storage;
    const { errorImpact } = props;
    const consumer = this.#function(id, TIMEOUT_SECONDS.stream, props);
    new JournalConsumer(this, `${id}Stream`, {
      config: this.#config,
      alarms,
      name: props.entry.replace('/', '-'),
      journal,
      consumer,
      errorImpact,
    });
  }
}

/** Messages handed to a function at once; the most a FIFO queue gives. */
const BATCH_MAX = 10;
