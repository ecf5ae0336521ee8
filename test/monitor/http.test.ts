import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { createServer as createRawServer } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckSettings } from "../../core/domain/monitoring/check.ts";
import { askHttp } from "../../monitor/http.ts";
import { type DnsServer, openDnsServer } from "../support/dns-server.ts";
import { askingOf, never } from "./support/asking.ts";
import { type Authority, openAuthority } from "./support/certificates.ts";
import { listen } from "./support/listen.ts";

/** On 127.0.0.2, which may be asked; nobody is to come to 127.0.0.1. */
let port: number;
let names: DnsServer;
let authority: Authority;
const forbidden: string[] = [];
const servers: Server[] = [];
const usual = getCACertificates("default");

const pages: Record<string, RequestListener> = {
  "/": (_, response) => response.end("Sistem Informasi Kepegawaian"),
  "/host": ({ headers }, response) => response.end(`asked for ${headers.host} by ${headers["user-agent"]}`),
  "/broken": (_, response) => response.writeHead(502).end("Bad Gateway"),
  "/locked": (_, response) => response.writeHead(401).end(),
  "/hangs": () => undefined,
  "/drips": (_, response) => response.write("S"),
  "/long": (_, response) => response.end(`${"x".repeat(300_000)}at the end`),
  "/endless": (_, response) => {
    const more = () => {
      while (response.write("x".repeat(10_000)));
    };
    response.on("drain", more);
    more();
  },
  "/moved": redirectTo("/"),
  "/round": redirectTo("/round"),
  "/nowhere": redirectTo("http://["),
  "/to-file": redirectTo("file:///etc/passwd"),
  "/to-metadata": redirectTo("http://169.254.169.254/latest/meta-data/"),
};

function redirectTo(location: string): RequestListener {
  return (_, response) => response.writeHead(302, { location }).end();
}

async function serve(server: Server, address?: string): Promise<number> {
  servers.push(server);
  return listen(server, address);
}

const serveSecure = (name: string, days: number) =>
  serve(createSecureServer(authority.certify(name, days), (_, response) => response.end("aman")));

beforeAll(async () => {
  names = await openDnsServer();
  authority = openAuthority();
  setDefaultCACertificates([...usual, authority.cert]);
  const inside = await serve(
    createServer(({ url = "" }, response) => {
      forbidden.push(url);
      response.end();
    }),
    "127.0.0.1",
  );
  pages["/to-loopback"] = redirectTo(`http://127.0.0.1:${inside}/`);
  pages["/to-name"] = redirectTo(`http://inside.test:${inside}/`);
  names.answers.set("inside.test", ["127.0.0.1"]);
  names.answers.set("web.test", ["127.0.0.2"]);
  port = await serve(createServer((asked, response) => pages[asked.url ?? ""]?.(asked, response)));
});
afterAll(() => {
  setDefaultCACertificates(usual);
  authority.remove();
  names.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

type HttpSettings = Extract<CheckSettings, { kind: "http" }>;
const askUrl = (url: string, settings: Partial<HttpSettings> = {}, signal = never) =>
  askHttp(
    { kind: "http", url, status: 200, text: null, ...settings },
    askingOf(["127.0.0.2"], { nameServers: [names.address], signal }),
  );
const ask = (path: string, settings: Partial<HttpSettings> = {}, signal = never) =>
  askUrl(`http://127.0.0.2:${port}${path}`, settings, signal);

describe("a page", () => {
  it.each<[string, Partial<HttpSettings>, string | null]>([
    ["/", {}, null],
    ["/", { text: "Kepegawaian" }, null],
    ["/", { text: "Keuangan" }, "text-missing"],
    ["/", { status: 204 }, "wrong-status"],
    ["/broken", {}, "wrong-status"],
    ["/", { status: null }, null],
    ["/broken", { status: null }, "wrong-status"],
    ["/locked", { status: null }, null],
    ["/moved", { status: null, text: "Kepegawaian" }, null],
    ["/round", { status: null }, "wrong-status"],
    ["/broken", { status: 502 }, null],
    ["/broken", { status: 502, text: "Gateway" }, null],
    ["/long", { text: "at the end" }, "text-missing"],
    ["/endless", { text: "Kepegawaian" }, "text-missing"],
    ["/endless", {}, null],
    ["/moved", {}, null],
    ["/moved", { status: 302 }, null],
    ["/moved", { text: "Kepegawaian" }, null],
    ["/round", {}, "wrong-status"],
    ["/nowhere", {}, "wrong-status"],
  ])("%s where %j is wanted", async (path, settings, problem) => {
    const answer = await ask(path, settings);
    expect(answer).toMatchObject({ problem, isOk: problem === null, sent: 1, received: 1, certificateEndsAt: null });
    expect(answer.avgUs).toBeGreaterThan(0);
  });

  it.each(["/hangs", "/drips"])("%s is late", async (path) => {
    const answer = await ask(path, { text: "S," }, AbortSignal.timeout(100));
    expect(answer).toMatchObject({ isOk: false, sent: 1, received: 0, problem: "timeout" });
  });

  it("is asked for by the name that was given", async () => {
    const wanted = { text: `asked for web.test:${port} by simpul` };
    expect(await askUrl(`http://web.test:${port}/host`, wanted)).toMatchObject({ isOk: true });
  });

  it("is asked for at an address that the name does not lead to, and nowhere else", async () => {
    const at = "127.0.0.2";
    const wanted = { at, text: `asked for unknown.test:${port} by simpul` };
    expect(await askUrl(`http://unknown.test:${port}/host`, wanted)).toMatchObject({ isOk: true });
    expect(await askUrl(`http://unknown.test:${port}/to-name`, { at })).toMatchObject({
      problem: "redirect-forbidden",
    });
    expect(await askUrl(`http://web.test:${port}/`, { at: "127.0.0.1" })).toMatchObject({
      problem: "address-forbidden",
    });
    expect(forbidden).toEqual([]);
  });

  it("of a server that speaks something else, or ends the connection, is none", async () => {
    const raw = createRawServer((socket) => socket.end("220 mail.test ESMTP\r\n"));
    const rawPort = await listen(raw);
    expect(await askUrl(`http://127.0.0.2:${rawPort}/`)).toMatchObject({ isOk: false, problem: "no-answer" });
    expect(await askUrl(`https://127.0.0.2:${rawPort}/`)).toMatchObject({ isOk: false, problem: "no-answer" });
    raw.close();
  });
});

describe("what may not be asked", () => {
  it.each(["/to-loopback", "/to-name", "/to-metadata", "/to-file"])(
    "is not asked either when %s leads there",
    async (path) => {
      expect(await ask(path)).toMatchObject({ isOk: false, sent: 1, received: 1, problem: "redirect-forbidden" });
      expect(forbidden).toEqual([]);
    },
  );

  it.each(["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://[::ffff:127.0.0.2]/"])(
    "is not asked as %s",
    async (url) => {
      expect(await askUrl(url)).toMatchObject({ sent: 0, problem: "address-forbidden" });
    },
  );
});

describe("a certificate", () => {
  it("that is good is told with its end", async () => {
    const { certificateEndsAt, ...answer } = await askUrl(`https://web.test:${await serveSecure("web.test", 20)}/`, {
      text: "aman",
    });
    expect(answer).toMatchObject({ isOk: true, problem: null });
    expect(daysUntil(certificateEndsAt)).toBe(20);
  });

  it("that ended is told with its end, too", async () => {
    const answer = await askUrl(`https://web.test:${await serveSecure("web.test", -1)}/`);
    expect(answer).toMatchObject({ isOk: false, sent: 1, received: 1, problem: "certificate-expired" });
    expect(daysUntil(answer.certificateEndsAt)).toBe(-1);
  });

  it("of another name, or of nobody who is known, is not good", async () => {
    const other = await serveSecure("mail.test", 20);
    expect(await askUrl(`https://web.test:${other}/`)).toMatchObject({ problem: "certificate-invalid" });
    expect(await askUrl(`https://127.0.0.2:${other}/`)).toMatchObject({ problem: "certificate-invalid" });
    setDefaultCACertificates(usual);
    const own = await serveSecure("web.test", 20);
    expect(await askUrl(`https://web.test:${own}/`)).toMatchObject({ problem: "certificate-invalid" });
    const itself = { isOwnAuthority: true } as const;
    expect(await askUrl(`https://web.test:${own}/`, itself)).toMatchObject({ isOk: true });
    const leading = createSecureServer(authority.certify("web.test", 50), redirectTo(`https://127.0.0.2:${own}/`));
    const elsewhere = await askUrl(`https://web.test:${await serve(leading)}/`, itself);
    setDefaultCACertificates([...usual, authority.cert]);
    expect(elsewhere).toMatchObject({ problem: "certificate-invalid" });
  });

  it("of an authority of our own has no end that is told: it renews it within hours", async () => {
    const own = { isOwnAuthority: true } as const;
    const port = await serveSecure("web.test", 1);
    expect(await askUrl(`https://web.test:${port}/`, own)).toMatchObject({ isOk: true, certificateEndsAt: null });
    setDefaultCACertificates(usual);
    const unknown = await askUrl(`https://web.test:${port}/`, own);
    setDefaultCACertificates([...usual, authority.cert]);
    expect(unknown).toMatchObject({ isOk: true, certificateEndsAt: null });
    const official = await serveSecure("127.0.0.2", 20);
    const leading = createSecureServer(authority.certify("web.test", 1), redirectTo(`https://127.0.0.2:${official}/`));
    const elsewhere = await askUrl(`https://web.test:${await serve(leading)}/`, own);
    expect(daysUntil(elsewhere.certificateEndsAt)).toBe(20);
  });

  it("that does not matter is not judged, whatever is wrong with it, but that of where the page leads is", async () => {
    const ignored = { isCertificateIgnored: true } as const;
    const ended = await serveSecure("web.test", -1);
    for (const url of [`https://web.test:${ended}/`, `https://127.0.0.2:${ended}/`]) {
      expect(await askUrl(url, ignored)).toMatchObject({ isOk: true, certificateEndsAt: null });
    }
    const leading = async (to: string) => {
      const server = createSecureServer(authority.certify("mail.test", 50), redirectTo(to));
      return askUrl(`https://web.test:${await serve(server)}/`, ignored);
    };
    expect(await leading(`https://web.test:${ended}/`)).toMatchObject({ isOk: true });
    expect(await leading(`https://127.0.0.2:${ended}/`)).toMatchObject({ problem: "certificate-expired" });
    expect(await leading("https://169.254.169.254/")).toMatchObject({ problem: "redirect-forbidden" });
  });

  it("that ends first is told, of all that a redirect leads over", async () => {
    const soon = await serveSecure("web.test", 5);
    const first = createSecureServer(authority.certify("web.test", 50), redirectTo(`https://web.test:${soon}/`));
    const answer = await askUrl(`https://web.test:${await serve(first)}/`);
    expect(answer.isOk).toBe(true);
    expect(daysUntil(answer.certificateEndsAt)).toBe(5);
  });
});

function daysUntil(end: Date | null | undefined): number {
  return Math.round(((end?.getTime() ?? Number.NaN) - Date.now()) / 86_400_000);
}
