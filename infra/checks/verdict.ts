import { NagRuleCompliance } from 'cdk-nag';

export const verdict = (holds: boolean): NagRuleCompliance =>
  holds ? NagRuleCompliance.COMPLIANT : NagRuleCompliance.NON_COMPLIANT;
