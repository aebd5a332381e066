import type { CfnResource } from 'aws-cdk-lib';
import { NagMessageLevel, NagPack, type NagRuleResult } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { eventSourcesReportItems, fifoDeadLettersAreFifo, functionsAreExplained } from './pipeline-rules.ts';
import { journalIsAppendOnly, tablesOutliveTheirStack } from './storage-rules.ts';

/** A rule of our own: what it wants, why, and how a resource stands to it. */
export interface Rule {
  readonly name: string;
  readonly wants: string;
  readonly why: string;
  readonly check: (resource: CfnResource) => NagRuleResult;
}

/** What must hold in this app and no pack of rules knows of. Registered like cdk-nag's own packs. */
export class JinquChecks extends NagPack {
  readonly name = 'Jinqu';
  readonly #rules: readonly Rule[];

  constructor(scope: IConstruct, { production }: { readonly production: boolean }) {
    super(scope);
    this.packName = this.name;
    this.#rules = [
      journalIsAppendOnly,
      ...(production ? [tablesOutliveTheirStack] : []),
      fifoDeadLettersAreFifo,
      eventSourcesReportItems,
      functionsAreExplained,
    ];
  }

  protected override checkResource(node: CfnResource): void {
    for (const { name, wants, why, check } of this.#rules) {
      this.applyRule({
        ruleSuffixOverride: name,
        info: wants,
        explanation: why,
        level: NagMessageLevel.ERROR,
        node,
        rule: check,
      });
    }
  }
}
