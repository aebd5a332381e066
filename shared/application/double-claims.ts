import { ref, refKey } from '#shared/domain/entities.ts';
import { type ClaimProposal, claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { sumFen } from '#shared/domain/money.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { lookUp } from './applied.ts';
import type { Kernel, Outcome, Prepared } from './execute.ts';
import type { Ledger } from './ports.ts';
import { readOne } from './read.ts';
import { snapshotOf } from './snapshot.ts';

interface Deps {
  readonly ledger: Ledger;
  /** All funds there are. */
  readonly funds: () => Promise<readonly string[]>;
}

/**
 * A kernel that gives no final approval to a claim while another fund compensates the same loan and the claim does not say
 * so: nobody is compensated twice, and the ceiling of public support (see assess) counts what others bear. A contract has the
 * same filing number in every fund, so looking is enough. Books are looked at one after the other, not in one transaction:
 * two funds that give their last approvals in the same instant are found by nobody but the reviewer.
 */
export const refusingDoubleClaims = (kernel: Kernel, deps: Deps): Kernel => ({
  execute: async (fundId, commands, options) => {
    const refusals = await refusalsOf(deps, fundId, commands);
    const passed = commands.filter((_, i) => refusals[i] === undefined);
    const outcomes = passed.length === 0 ? [] : [...(await kernel.execute(fundId, passed, options))];
    return refusals.map((error): Outcome => {
      if (error !== undefined) return { status: 'refused', error, replayed: false };
      const outcome = outcomes.shift();
      if (outcome === undefined) throw new Error('a command was not answered');
      return outcome;
    });
  },
});

/** Per command, why it is not even decided. */
const refusalsOf = async (
  deps: Deps,
  fundId: string,
  commands: readonly Prepared[],
): Promise<readonly (FundError | undefined)[]> => {
  const approvals = commands.filter((c) => c.command.kind === 'case.approve');
  const claims = await claimsToApprove(deps.ledger, fundId, approvals);
  if (claims.size === 0) return commands.map(() => undefined);
  const others = (await deps.funds()).filter((other) => other !== fundId);
  return await Promise.all(
    commands.map(async ({ command }) => {
      const claim = claims.get(command.id);
      return claim === undefined ? undefined : await refusalOf(deps.ledger, others, claim);
    }),
  );
};

const caseIdOf = ({ command }: Prepared): string => (command.payload as { readonly caseId: string }).caseId;

/**
 * What the claims say that commands are about to approve, by the id of the command. Approvals that were given before are
 * answered as they were, and decided cases stay so: neither is looked at again.
 */
const claimsToApprove = async (
  ledger: Ledger,
  fundId: string,
  approvals: readonly Prepared[],
): Promise<ReadonlyMap<string, ClaimProposal>> => {
  if (approvals.length === 0) return new Map();
  const refs = approvals.map(caseIdOf).flatMap((id) => [ref('case', id), ref('proposal', id)]);
  const loaded = await ledger.load(fundId, refs);
  return new Map(
    approvals.flatMap((approval): [string, ClaimProposal][] => {
      const { command, hash } = approval;
      const found = loaded.entities.get(refKey(ref('case', caseIdOf(approval))));
      const content = snapshotOf(loaded).read('proposal', caseIdOf(approval))?.content;
      if (found?.type !== 'case' || content?.subject !== 'claim') return [];
      const given = lookUp(found.applied, command.id, hash).kind !== 'new';
      return found.state.status === 'approving' && !given ? [[command.id, content.claim]] : [];
    }),
  );
};

const refusalOf = async (
  ledger: Ledger,
  others: readonly string[],
  { filingId, otherSupport }: ClaimProposal,
): Promise<FundError | undefined> => {
  const elsewhereFen = sumFen(await Promise.all(others.map((fundId) => compensatedFen(ledger, fundId, filingId))));
  const declaredFen = sumFen(otherSupport.map((s) => s.amountFen));
  return elsewhereFen <= declaredFen
    ? undefined
    : new FundError('CLAIM_PAID_ELSEWHERE', {
        elsewhereFen: String(elsewhereFen),
        declaredFen: String(declaredFen),
      });
};

/** What a fund has agreed to bear of the loan; a claim only submitted there can still be refused. */
const compensatedFen = async (ledger: Ledger, fundId: string, filingId: string): Promise<bigint> => {
  const claim = await readOne(ledger, fundId, 'claim', claimIdOf(filingId));
  if (claim === undefined) return 0n;
  const { status, fundFen } = claim;
  return status === 'submitted' || status === 'refused' ? 0n : fundFen;
};
