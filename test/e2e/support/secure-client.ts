import { request } from "node:https";

export type Answer = { status: number; body: string };

/** Asks a server at an address for a page of a name; its certificate has to be that name's, of that authority. */
export function ask(
  address: string,
  {
    name,
    path = "/",
    headers = {},
    authority,
  }: { name: string; path?: string; headers?: Record<string, string>; authority: Buffer },
): Promise<Answer> {
  const sent = { ...headers, host: name };
  const options = { host: address, servername: name, path, headers: sent, ca: authority, agent: false };
  return new Promise((settle, fail) => {
    request({ ...options, timeout: 20_000 }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text) => (body += text));
      response.on("end", () => settle({ status: response.statusCode ?? 0, body: body.trim() })).on("error", fail);
    })
      .on("error", fail)
      .end();
  });
}

export type Load = { asked: number; wrong: string[]; last: string };

/** Given other routes, Debian's Caddy 2.6 has no certificates for a moment; 2.7 keeps them. source: caddyserver/caddy#5589, #5623 */
function hasNoCertificateYet(fault: unknown): boolean {
  return fault instanceof Error && fault.message.includes("alert internal error");
}

/** Asks so many times a second until `end` is called; `end` waits for the last answers. */
export function startLoad(perSecond: number, askOnce: (count: number) => Promise<Answer>): { end(): Promise<Load> } {
  const load: Load = { asked: 0, wrong: [], last: "" };
  const open = new Set<Promise<void>>();
  const timer = setInterval(() => {
    load.asked += 1;
    const count = load.asked;
    const asked = askOnce(count)
      .catch((fault) => (hasNoCertificateYet(fault) ? askOnce(count) : Promise.reject(fault)))
      .then(({ status, body }) => {
        load.last = body;
        if (status !== 200) load.wrong.push(`${status} ${body}`);
      })
      .catch((fault) => void load.wrong.push(String(fault)))
      .finally(() => open.delete(asked));
    open.add(asked);
  }, 1000 / perSecond);
  return {
    async end() {
      clearInterval(timer);
      await Promise.all(open);
      return load;
    },
  };
}
