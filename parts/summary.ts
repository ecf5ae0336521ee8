import type { CodeForPerson } from "../core/actions/prepare-installation.ts";

/** Without a slash at the end. */
export function pagesAt(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** For the terminal: who reads them can become administrator. */
export function codeLines(codes: readonly CodeForPerson[]): string[] {
  return codes.map(({ name, code }) => `  ${name} is not linked yet: send the bot  /start ${code}`);
}
