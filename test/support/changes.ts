import { caseIdOf, people, shownOf, type World } from './world.ts';

/** Reviews a case and, where its tier asks for it, votes. */
const review = async (world: World, caseId: string, votes: number): Promise<void> => {
  const shown = await shownOf(world, caseId);
  await world.run('case.review', { caseId, ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  for (const member of people.committee.slice(0, votes))
    await world.run('case.vote', { caseId, ...shown, choice: 'approve', comment: '同意' }, member);
};

/** Takes a write-off to its last approval but `left`. */
export const writeOff = async (world: World, loanId: string, left = 0): Promise<string> => {
  const caseId = caseIdOf(`write-off ${loanId}`);
  const content = { subject: 'write-off', writeOff: { loanId, reason: '企业已注销', documents: [] } };
  await world.run('loan.propose-write-off', { caseId, content }, people.officer);
  await review(world, caseId, 4);
  const bureaus = [people.science, people.finance, people.office];
  for (const bureau of bureaus.slice(0, bureaus.length - left))
    await world.run('case.approve', { caseId, ...(await shownOf(world, caseId)) }, bureau);
  return caseId;
};

/** Proposes an extension and has it reviewed. */
export const proposeExtension = async (world: World, loanId: string, months: number): Promise<string> => {
  const caseId = caseIdOf(`extension ${loanId} ${world.entries().length}`);
  const content = { subject: 'extension', extension: { loanId, months, reason: '回款延迟' } };
  await world.run('loan.propose-extension', { caseId, content }, people.officer);
  await review(world, caseId, 0);
  return caseId;
};

/** Extends a loan. */
export const extend = async (world: World, loanId: string, months: number): Promise<string> => {
  const caseId = await proposeExtension(world, loanId, months);
  await world.run('case.approve', { caseId, ...(await shownOf(world, caseId)) }, people.director);
  return caseId;
};

/** Proposes that a team's loan pass to a company, and has it reviewed. */
export const proposeNovation = async (world: World, loanId: string, company: object): Promise<string> => {
  const caseId = caseIdOf(`novation ${loanId} ${world.entries().length}`);
  const content = { subject: 'novation', novation: { loanId, company, documents: [] } };
  await world.run('loan.propose-novation', { caseId, content }, people.officer);
  await review(world, caseId, 0);
  return caseId;
};

/** Passes a team's loan to a company. */
export const novate = async (world: World, loanId: string, company: object): Promise<string> => {
  const caseId = await proposeNovation(world, loanId, company);
  await world.run('case.approve', { caseId, ...(await shownOf(world, caseId)) }, people.director);
  return caseId;
};
