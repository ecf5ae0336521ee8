import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";

/** On any free port of that address. */
export async function listen<Listening extends Server>(server: Listening, address = "127.0.0.2"): Promise<number> {
  server.listen(0, address);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
