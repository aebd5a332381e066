import type { Language } from '#shared/runtime/problem.ts';
import type { Chapter } from '../load/step.ts';
import type { Part } from './office.ts';

/** What `npm start` says, in both languages. */
interface Words {
  readonly help: string;
  readonly parts: Readonly<Record<Part, string>>;
  readonly chapters: Readonly<Record<Chapter, string>>;
  readonly loadedNow: (done: number, seconds: string) => string;
  readonly nothingToLoad: string;
  readonly serving: (url: string, issuer: string, date: string) => string;
  readonly users: string;
  readonly token: string;
  readonly example: string;
  readonly world: string;
  readonly keys: (interactive: boolean) => string;
  readonly nextDay: (date: string) => string;
  readonly stopping: string;
  readonly stopped: string;
  readonly interrupted: string;
  /** What to do about an error, where more can be said than the error says. */
  readonly advice: readonly (readonly [pattern: RegExp, advice: string])[];
}

const zh: Words = {
  help: `金渠本机版：npm start [-- 选项]

  --once             载入并打印报告后结束；全部核对相符时退出码为 0，否则为 1
  --fresh            删除目录中已有的数据，从头开始
  --directory 目录   数据所在目录（默认 .local）
  --portfolio 目录   载入另一个高新区的组合及其章程（默认为参考组合）
  --port 端口        API 的端口（默认沿用上次，或任一空闲端口）
  --lang zh|en       显示语言（默认按 LANG）
  --help             显示本说明`,
  parts: { identity: '身份服务', synthesis: '合成 CDK 应用并打包', cloud: '本地云' },
  chapters: {
    founding: '设立基金',
    capital: '募集首期资金',
    lending: '申请、评审与放款',
    repayment: '还款、展期与核销',
    cover: '入库、评级与风险补偿备案',
  },
  loadedNow: (done, seconds) => `组合已载入：本次 ${done} 步，${seconds} 秒`,
  nothingToLoad: '组合此前已载入，本次没有新增',
  serving: (url, issuer, date) =>
    `API 地址      ${url}\n接口文档      ${url}/openapi.json\n登录（OIDC）  ${issuer}\n办公室日期    ${date}`,
  users: '用户（虚构）',
  token: '取得令牌',
  example: '例如',
  world: '外部世界',
  keys: (interactive) =>
    interactive ? '输入 n 回车进入下一工作日（银行出对账单、夜间日结）；Ctrl-C 结束' : 'Ctrl-C 结束',
  nextDay: (date) => `现在是 ${date} 上午九点`,
  stopping: '正在结束…',
  stopped: '已结束，数据保留在目录中',
  interrupted: '已中断；下次启动从此处继续',
  advice: [
    [/another local cloud is running/, '该目录已有一个金渠在运行：先结束它，或用 --directory 指定另一目录。'],
    [
      /is not installed; point JINQU_DYNAMODB_ENDPOINT/,
      '本平台没有内置的数据库引擎：请用环境变量 JINQU_DYNAMODB_ENDPOINT 指向 DynamoDB Local 或其他兼容服务。',
    ],
    [/EADDRINUSE|port .* is taken/, '端口已被占用：用 --port 指定另一端口。'],
    [/start with --fresh/, '目录中的数据来自另一版本或另一组合：用 --fresh 从头开始（会删除该目录中的数据）。'],
    [/EACCES|EROFS|ENOSPC/, '目录无法写入或磁盘已满：用 --directory 指定可写的目录。'],
  ],
};

const en: Words = {
  help: `Jinqu on this machine: npm start [-- options]

  --once             end after loading and reporting; exit code 0 when every check holds, else 1
  --fresh            delete what is in the directory and begin anew
  --directory DIR    where the data is (.local unless given)
  --portfolio DIR    loads another zone's portfolio with its charters (the reference portfolio unless given)
  --port PORT        port of the API (that of last time, or any that is free)
  --lang zh|en       language of the terminal (from LANG unless given)
  --help             this text`,
  parts: { identity: 'identity provider', synthesis: 'synthesise and bundle the CDK app', cloud: 'local cloud' },
  chapters: {
    founding: 'the fund is founded',
    capital: 'the first tranche is paid in',
    lending: 'applications, decisions and payments',
    repayment: 'repayments, an extension, a write-off',
    cover: 'register, grades and loans under cover',
  },
  loadedNow: (done, seconds) => `portfolio loaded: ${done} steps now, ${seconds} s`,
  nothingToLoad: 'the portfolio was loaded before, nothing was added',
  serving: (url, issuer, date) =>
    `API            ${url}\nits contract   ${url}/openapi.json\nsign-in (OIDC) ${issuer}\noffice date    ${date}`,
  users: 'Users (made up)',
  token: 'A token',
  example: 'For example',
  world: 'The world outside',
  keys: (interactive) =>
    interactive
      ? 'n and Enter: the next working day (the bank states its day, the nightly close is done); Ctrl-C ends'
      : 'Ctrl-C ends',
  nextDay: (date) => `it is ${date}, nine in the morning`,
  stopping: 'stopping…',
  stopped: 'stopped; the data stays in its directory',
  interrupted: 'interrupted; the next start goes on from here',
  advice: [
    [
      /another local cloud is running/,
      'Jinqu is running in this directory: stop it first, or name another with --directory.',
    ],
    [
      /is not installed; point JINQU_DYNAMODB_ENDPOINT/,
      'There is no built-in database engine for this platform: let JINQU_DYNAMODB_ENDPOINT point to DynamoDB Local or another compatible service.',
    ],
    [/EADDRINUSE|port .* is taken/, 'The port is taken: name another with --port.'],
    [
      /start with --fresh/,
      'The data in the directory is another version’s or another portfolio’s: begin anew with --fresh (this deletes what is in the directory).',
    ],
    [/EACCES|EROFS|ENOSPC/, 'The directory cannot be written to, or the disk is full: name another with --directory.'],
  ],
};

export const WORDS = { zh, en } as const;

/** What to do about an error, by what it says; undefined where nothing better is known than the error itself. */
export const adviceOn = (text: string, language: Language): string | undefined =>
  WORDS[language].advice.find(([pattern]) => pattern.test(text))?.[1];
