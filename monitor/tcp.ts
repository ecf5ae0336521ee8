import type { CheckSettings } from "../core/domain/monitoring/check.ts";
import { type Answer, type Asking, good, microsecondsSince, unreached } from "./answer.ts";
import { connectTo } from "./connect.ts";

/** Whether a port takes connections. The round trip is that of the handshake, without the question for the name. */
export async function askTcp(
  { address, port }: Extract<CheckSettings, { kind: "tcp" }>,
  asking: Asking,
): Promise<Answer> {
  const connected = await connectTo(address, port, asking);
  if (typeof connected === "string") return unreached(connected);
  const answer = good(microsecondsSince(connected.begin));
  connected.socket.destroy();
  return answer;
}
