import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { readBody } from "./body.ts";
import { largestDownloadBytes } from "./calls/get-file.ts";
import { methods } from "./calls/methods.ts";
import { type Parameters, readParameters } from "./parameters.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** A call as `intercept` sees it. */
export type InterceptedCall = {
  /** as Telegram's documentation writes it, e.g. "sendMessage" */
  method: string;
  /** every value is a string; objects are their JSON text */
  fields: Record<string, string>;
  fileFields: string[];
};

/**
 * What becomes of a call: it is answered with a status and a JSON or HTML body instead; the connection is cut, where `carriedOut`
 * is said after the call was carried out, which the caller cannot know; its answer comes late; or it is never answered, and the
 * connection stays open until the caller gives up or the server closes.
 */
export type Fault =
  | { status: number; body: unknown }
  | { status: number; html: string }
  | { drop: true; carriedOut?: boolean }
  | { delaySeconds: number }
  | { halfOpen: true };

export type Intercept = (call: InterceptedCall) => Promise<Fault | undefined>;

/** Who is asked what becomes of a call: first the program that opened the server, then the plan of faults. */
export type FaultSources = {
  intercept?: Intercept | undefined;
  /** also of the fetching of a file, whose method is "download" */
  faultOf: (call: InterceptedCall) => Fault | undefined;
  /** aborted when the server closes */
  closing: AbortSignal;
};

/** 50 MB of file, and the form around it. */
const largestBodyBytes = 51 * 2 ** 20;

/** Answers `/bot<token>/<method>` and `/file/bot<token>/<path>`; everything else is 404. */
export function openBotApi(world: World, token: string, sources: FaultSources) {
  return async function botApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? "/", "http://server");
      const [, isFile, givenToken, rest] = /^\/(file\/)?bot([^/]+)\/(.*)$/.exec(decodePath(url.pathname)) ?? [];
      if (givenToken === undefined || rest === undefined) throw notFound();
      if (givenToken !== token) throw new Refusal(401, "Unauthorized");
      if (isFile !== undefined) await answerDownload(world, rest, response, sources);
      else await answerCall(world, rest, url.searchParams, request, response, sources);
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
      }
      const { code, message, parameters } =
        error instanceof Refusal ? error : new Refusal(500, "Internal Server Error");
      if (!(error instanceof Refusal)) console.error("answering a Bot API call", error);
      sendJson(world, response, code, { ok: false, error_code: code, description: message, parameters });
    } finally {
      // The rest of a body that was too large: who is cut off while sending never reads the answer.
      request.resume();
    }
  };
}

async function answerCall(
  world: World,
  name: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  { intercept, faultOf, closing }: FaultSources,
): Promise<void> {
  const gone = goneSignal(response);
  const body = await readBody(request, largestBodyBytes);
  const parameters = readParameters(query, request.headers["content-type"] ?? "", body);
  const entry = methods.get(name.toLowerCase());
  if (entry === undefined) throw new Refusal(404, "Not Found: method not found");

  const call = asIntercepted(entry.name, parameters);
  const fault = (await intercept?.(call)) ?? faultOf(call);
  await answerUnder(world, fault, response, [gone, closing], async () => {
    const result = await entry.method(world, { parameters, gone });
    return () => sendJson(world, response, 200, { ok: true, result });
  });
}

/**
 * Carries out the call, and the fault.
 * @param ends one is aborted when the caller has gone, or the server closes
 * @param carryOut gives what sends the answer
 */
async function answerUnder(
  world: World,
  fault: Fault | undefined,
  response: ServerResponse,
  ends: AbortSignal[],
  carryOut: () => Promise<() => void>,
): Promise<void> {
  if (fault === undefined) return (await carryOut())();
  if ("body" in fault) return sendJson(world, response, fault.status, fault.body);
  if ("html" in fault) return send(world, response, fault.status, "text/html", Buffer.from(fault.html));
  if ("halfOpen" in fault) {
    await aborted(AbortSignal.any(ends));
    return void response.destroy();
  }
  if ("drop" in fault) {
    try {
      if (fault.carriedOut === true) await carryOut();
    } finally {
      response.destroy();
    }
    return;
  }
  let answer: () => void;
  try {
    answer = await carryOut();
  } finally {
    await setTimeout(fault.delaySeconds * 1000, undefined, { signal: AbortSignal.any(ends) }).catch(() => {});
  }
  answer();
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  return gone.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

function asIntercepted(method: string, { fields, files }: Parameters): InterceptedCall {
  return { method, fields: Object.fromEntries(fields), fileFields: [...files.keys()] };
}

async function answerDownload(
  world: World,
  path: string,
  response: ServerResponse,
  { faultOf, closing }: FaultSources,
): Promise<void> {
  const fault = faultOf({ method: "download", fields: {}, fileFields: [] });
  await answerUnder(world, fault, response, [goneSignal(response), closing], async () => {
    const file = [...world.state.files.values()].find(({ file_path }) => file_path === path);
    if (file === undefined || file.sizeBytes > largestDownloadBytes) throw notFound();
    const bytes = await world.store.readFile(file.sha256);
    return () => {
      response.setHeader("x-content-type-options", "nosniff");
      send(world, response, 200, "application/octet-stream", bytes);
    };
  });
}

function sendJson(world: World, response: ServerResponse, status: number, body: unknown): void {
  send(world, response, status, "application/json", Buffer.from(JSON.stringify(body)));
}

function send(world: World, response: ServerResponse, status: number, type: string, bytes: Buffer): void {
  if (response.destroyed) return;
  // The date not as Node has it, since the server's clock may be another one.
  const date = world.now().toUTCString();
  response.writeHead(status, { date, "content-type": type, "content-length": bytes.length });
  response.end(bytes);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw notFound();
  }
}

function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}
