import { ROLES } from '#shared/runtime/principal.ts';
import type { LocalUser } from './users.ts';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color: #1b1f24 }
  button { display: flex; width: 100%; gap: 1rem; padding: .6rem .9rem; margin: .25rem 0; font: inherit; text-align: left;
    background: #fff; border: 1px solid #c8ced6; border-radius: 6px; cursor: pointer }
  button:hover, button:focus-visible { border-color: #0b57d0; background: #f3f7fd }
  button span { flex: 1 } button code, .note { color: #57606a }
</style>
<h1>${title}</h1>
${body}
</html>`;

/** The list of users to sign in as. @param action where the choice is sent */
export const loginPage = (action: string, users: readonly LocalUser[]): string =>
  page(
    '金渠 · 本机登录 / Jinqu · local sign-in',
    `<p class="note">仅供本机使用，不需要密码：选择以谁的身份登录。<br>For this machine only, without a password: choose whom to sign in as.</p>
<form method="post" action="${escapeHtml(action)}">
${users
  .map(
    ({ id, name, roles }) =>
      `<button name="user" value="${escapeHtml(id)}"><span>${escapeHtml(name)} · ${roles.map((role) => ROLES[role]).join('、')}</span> <code>${escapeHtml(id)}</code></button>`,
  )
  .join('\n')}
</form>`,
  );

/** Asks whether to sign out. @param form the provider's form, `op.logoutForm` */
export const logoutPage = (form: string): string =>
  page(
    '退出登录 / Sign out',
    `${form}
<button autofocus type="submit" form="op.logoutForm" value="yes" name="logout">退出 / Sign out</button>
<button type="submit" form="op.logoutForm">保持登录 / Stay signed in</button>`,
  );

export const signedOutPage = (): string => page('已退出登录 / Signed out', '');

/** What went wrong, in the words of the protocol. */
export const errorPage = (fields: Readonly<Record<string, unknown>>): string =>
  page(
    '登录出错 / Sign-in failed',
    Object.entries(fields)
      .map(([name, value]) => `<p><code>${escapeHtml(name)}</code> ${escapeHtml(String(value))}</p>`)
      .join('\n'),
  );
