import { once } from "node:events";
import { isIP, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import type { Problem } from "../core/domain/monitoring/sample.ts";
import type { Asking } from "./answer.ts";

export type Secured = {
  socket: TLSSocket;
  /** of the host's own certificate; null: it has none */
  certificateEndsAt: Date | null;
  /** what is wrong with it, or with who vouches for it */
  problem: "certificate-expired" | "certificate-invalid" | null;
};

/**
 * Begins TLS on a connection. A certificate that is not good ends nothing here, so that its end can be told.
 *
 * @param host a name, or an address without brackets
 */
export async function secure(socket: Socket, host: string, { signal }: Asking): Promise<Secured | Problem> {
  // A server's name is no address (RFC 6066, 3).
  const names = isIP(host) === 0 ? { host, servername: host } : { host };
  const secured = connect({ ...names, socket, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] });
  secured.on("error", () => undefined);
  try {
    await once(secured, "secureConnect", { signal });
  } catch {
    secured.destroy();
    return signal.aborted ? "timeout" : "no-answer";
  }
  const ending = new Date(secured.getPeerCertificate().valid_to);
  const certificateEndsAt = Number.isNaN(ending.getTime()) ? null : ending;
  return { socket: secured, certificateEndsAt, problem: problemOf(secured) };
}

function problemOf({ authorized, authorizationError }: TLSSocket): Secured["problem"] {
  if (authorized) return null;
  return String(authorizationError) === "CERT_HAS_EXPIRED" ? "certificate-expired" : "certificate-invalid";
}
