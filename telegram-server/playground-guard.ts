const loopbackHosts = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/**
 * The playground is rights without a password. It answers only under a name of the machine itself (a foreign name that resolves
 * to it is DNS rebinding), and changes something only for its own page.
 *
 * @returns the refusal, or `undefined` where the request may pass
 */
export function refuseForeign(request: Request): Response | undefined {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  if (!loopbackHosts.test(host)) return refusal(403, "Playground hanya menjawab di localhost.");
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  if (!isOwnPage(request, host)) return refusal(403, "Hanya halaman playground sendiri yang boleh melakukan ini.");
  if (!hasExpectedType(request)) return refusal(415, "Kirim JSON, atau formulir dengan berkas.");
  return undefined;
}

function isOwnPage(request: Request, host: string): boolean {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  if (origin === null) return true;
  const lower = origin.toLowerCase();
  return lower === `http://${host.toLowerCase()}` || lower === `https://${host.toLowerCase()}`;
}

/** A form of text/plain or urlencoded can be sent from any page without asking; a multipart one brings an Origin. */
function hasExpectedType(request: Request): boolean {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  const isMessage = new URL(request.url).pathname.endsWith("/messages");
  const hasBody = (request.headers.get("content-length") ?? "0") !== "0" || request.headers.has("transfer-encoding");
  if (type === undefined) return !hasBody;
  return type === "application/json" || (isMessage && type === "multipart/form-data");
}

function refusal(status: number, sentence: string): Response {
  const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
  return Response.json({ error: sentence }, { status, headers });
}
