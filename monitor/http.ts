import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import type { CheckSettings } from "../core/domain/monitoring/check.ts";
import type { Problem } from "../core/domain/monitoring/sample.ts";
import { type Answer, type Asking, good, microsecondsSince, unreached, wrong } from "./answer.ts";
import { connectTo, problemOfFault } from "./connect.ts";
import { type Secured, secure } from "./tls.ts";

type HttpSettings = Extract<CheckSettings, { kind: "http" }>;

const mostRedirects = 5;
/** In which the text is looked for; a page says who it is at its beginning. */
const mostBodyBytes = 256 * 1024;
const redirects = new Set([301, 302, 303, 307, 308]);

/** What one server said. */
type Page = { status: number; location: string | null; body: string; certificateEndsAt: Date | null };
type Failure = { problem: Problem; certificateEndsAt: Date | null };

/**
 * Whether a page is as wanted: its status, what it says, the certificate. Where it leads elsewhere that is followed, each
 * time to an address that may be asked, unless that status is the one wanted.
 *
 * The round trip is from the first question to the last byte that was read. The certificate is the one that ends first; what an
 * authority of our own issues has no end worth telling.
 */
export async function askHttp(settings: HttpSettings, asking: Asking): Promise<Answer> {
  const begin = performance.now();
  let url = new URL(settings.url);
  let certificateEndsAt: Date | null = null;
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const page = await fetchPage(url, settings, asking);
    certificateEndsAt = earliest(certificateEndsAt, page.certificateEndsAt);
    if ("problem" in page) return { ...failed(page.problem, hop, begin), certificateEndsAt };
    const next = isWanted(page.status, settings.status) ? "here" : redirectOf(page, url);
    if (next === "forbidden") return { ...wrong("redirect-forbidden", microsecondsSince(begin)), certificateEndsAt };
    if (next === "here") return { ...judge(page, settings, microsecondsSince(begin)), certificateEndsAt };
    url = next;
  }
  return { ...wrong("wrong-status", microsecondsSince(begin)), certificateEndsAt };
}

function failed(problem: Problem, hop: number, begin: number): Answer {
  if (problem === "address-forbidden" && hop > 0) return wrong("redirect-forbidden", microsecondsSince(begin));
  const hasAnswered = problem === "certificate-expired" || problem === "certificate-invalid";
  return hasAnswered ? wrong(problem, microsecondsSince(begin)) : unreached(problem);
}

function judge({ status, body }: Page, settings: HttpSettings, roundTripUs: number): Answer {
  if (!isWanted(status, settings.status)) return wrong("wrong-status", roundTripUs);
  if (settings.text !== null && !body.includes(settings.text)) return wrong("text-missing", roundTripUs);
  return good(roundTripUs);
}

/** A page that asks for a name and password is one, too; one that leads elsewhere is followed first. */
function isWanted(status: number, wanted: HttpSettings["status"]): boolean {
  return wanted === null ? (status >= 200 && status < 300) || status === 304 || status === 401 : status === wanted;
}

/** Where the page leads to; "here": nowhere else. */
function redirectOf({ status, location }: Page, from: URL): URL | "here" | "forbidden" {
  if (!redirects.has(status) || location === null || !URL.canParse(location, from.href)) return "here";
  const url = new URL(location, from);
  return url.protocol === "http:" || url.protocol === "https:" ? url : "forbidden";
}

async function fetchPage(url: URL, settings: HttpSettings, asking: Asking): Promise<Page | Failure> {
  const { text } = settings;
  const isSecure = url.protocol === "https:";
  const connected = await connectTo(hostOf(url, settings), Number(url.port) || (isSecure ? 443 : 80), asking);
  if (typeof connected === "string") return { problem: connected, certificateEndsAt: null };
  const { socket } = connected;
  try {
    if (!isSecure) return { ...(await get(socket, url, text !== null, asking)), certificateEndsAt: null };
    const secured = await secure(socket, url.hostname.replace(/^\[(.*)\]$/, "$1"), asking);
    if (typeof secured === "string") return { problem: secured, certificateEndsAt: null };
    const { problem, certificateEndsAt } = judgeCertificate(secured, url, settings);
    if (problem !== null) return { problem, certificateEndsAt };
    return { ...(await get(secured.socket, url, text !== null, asking)), certificateEndsAt };
  } finally {
    socket.destroy();
  }
}

/** Elsewhere than at the page that was meant each certificate is judged. */
function judgeCertificate(
  { problem, certificateEndsAt }: Secured,
  url: URL,
  settings: HttpSettings,
): Pick<Secured, "problem" | "certificateEndsAt"> {
  if (!isMeant(url, settings)) return { problem, certificateEndsAt };
  if (settings.isCertificateIgnored) return { problem: null, certificateEndsAt: null };
  if (!settings.isOwnAuthority) return { problem, certificateEndsAt };
  // Its certificates last hours, and it renews them by itself.
  return { problem: problem === "certificate-invalid" ? null : problem, certificateEndsAt: null };
}

/** Only of the page that was meant: where that leads elsewhere its name is followed. */
function hostOf(url: URL, settings: HttpSettings): string {
  return settings.at !== undefined && isMeant(url, settings) ? settings.at : url.hostname;
}

function isMeant({ hostname }: URL, { url }: HttpSettings): boolean {
  return hostname === new URL(url).hostname;
}

async function get(socket: Socket, url: URL, isBodyWanted: boolean, { signal }: Asking) {
  try {
    const response = await answerTo(socket, url, signal);
    const body = isBodyWanted ? await beginningOf(response) : "";
    return { status: response.statusCode ?? 0, location: response.headers.location ?? null, body };
  } catch (fault) {
    return { problem: signal.aborted ? ("timeout" as const) : problemOfFault(fault) };
  }
}

async function answerTo(socket: Socket, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = {
    host: url.host,
    "user-agent": "simpul",
    accept: "*/*",
    "accept-encoding": "identity",
    connection: "close",
  };
  const asked = request({ createConnection: () => socket, path: `${url.pathname}${url.search}`, headers, signal });
  const answer = once(asked, "response", { signal });
  // After the answer, when the rest of a page is left unread.
  asked.on("error", () => undefined);
  asked.end();
  const [response] = (await answer) as [IncomingMessage];
  return response;
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= mostBodyBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBodyBytes).toString("utf8");
}

function earliest(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
