import type { IncomingMessage, ServerResponse } from "node:http";
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
 * What is answered instead: a status and a JSON body, or nothing (the connection is cut). `carriedOut` cuts it after the call was
 * carried out: the caller cannot know that it was.
 */
export type Fault = { status: number; body: unknown } | { drop: true; carriedOut?: boolean };

export type Intercept = (call: InterceptedCall) => Promise<Fault | undefined>;

/** 50 MB of file, and the form around it. */
const largestBodyBytes = 51 * 2 ** 20;

/** Answers `/bot<token>/<method>` and `/file/bot<token>/<path>`; everything else is 404. */
export function openBotApi(world: World, token: string, intercept: Intercept | undefined) {
  return async function botApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? "/", "http://server");
      const [, isFile, givenToken, rest] = /^\/(file\/)?bot([^/]+)\/(.*)$/.exec(decodePath(url.pathname)) ?? [];
      if (givenToken === undefined || rest === undefined) throw notFound();
      if (givenToken !== token) throw new Refusal(401, "Unauthorized");
      if (isFile !== undefined) await answerDownload(world, rest, response);
      else await answerCall(world, rest, url.searchParams, request, response, intercept);
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
      }
      const { code, message, parameters } =
        error instanceof Refusal ? error : new Refusal(500, "Internal Server Error");
      if (!(error instanceof Refusal)) console.error("answering a Bot API call", error);
      sendJson(response, code, { ok: false, error_code: code, description: message, parameters });
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
  intercept: Intercept | undefined,
): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const body = await readBody(request, largestBodyBytes);
  const parameters = readParameters(query, request.headers["content-type"] ?? "", body);
  const entry = methods.get(name.toLowerCase());
  if (entry === undefined) throw new Refusal(404, "Not Found: method not found");

  const fault = await intercept?.(asIntercepted(entry.name, parameters));
  if (fault !== undefined && "status" in fault) return sendJson(response, fault.status, fault.body);
  if (fault !== undefined && fault.carriedOut !== true) return void response.destroy();
  const result = await entry.method(world, { parameters, gone: gone.signal });
  if (fault !== undefined) return void response.destroy();
  sendJson(response, 200, { ok: true, result });
}

function asIntercepted(method: string, { fields, files }: Parameters): InterceptedCall {
  return { method, fields: Object.fromEntries(fields), fileFields: [...files.keys()] };
}

async function answerDownload(world: World, path: string, response: ServerResponse): Promise<void> {
  const file = [...world.state.files.values()].find(({ file_path }) => file_path === path);
  if (file === undefined || file.sizeBytes > largestDownloadBytes) throw notFound();
  const bytes = await world.store.readFile(file.sha256);
  response.writeHead(200, {
    "content-type": "application/octet-stream",
    "content-length": bytes.length,
    "x-content-type-options": "nosniff",
  });
  response.end(bytes);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { "content-type": "application/json", "content-length": text.length });
  response.end(text);
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
