import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

// The whole process: what a folder holds in `blobs`, by its hash, can be pulled by its digest. [folder, port]

const [folder = "", port = ""] = process.argv.slice(2);

/** source: OCI Distribution Specification v1.1, "Pull" */
const server = createServer(({ url = "", method }, response) => {
  if (url === "/v2/") return void response.end("{}");
  const [, kind, hash = ""] = /\/(manifests|blobs)\/sha256:([0-9a-f]{64})$/.exec(url) ?? [];
  const file = join(folder, "blobs", hash);
  if (hash === "" || !existsSync(file)) {
    const code = kind === "blobs" ? "BLOB_UNKNOWN" : "MANIFEST_UNKNOWN";
    response.writeHead(404, { "content-type": "application/json" });
    return void response.end(JSON.stringify({ errors: [{ code, message: code.toLowerCase().replace("_", " ") }] }));
  }
  const type = kind === "blobs" ? "application/octet-stream" : JSON.parse(readFileSync(file, "utf8")).mediaType;
  response.writeHead(200, { "content-type": type, "docker-content-digest": `sha256:${hash}` });
  if (method === "HEAD") return void response.end();
  createReadStream(file).pipe(response);
});
server.listen(Number(port), "127.0.0.1", () => process.stdout.write("ready"));
