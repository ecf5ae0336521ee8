import type { Fault, InterceptedCall } from "./answer.ts";
import type { FaultKind, FaultRule } from "./fault-kinds.ts";
import type { FaultsInside } from "./faults.ts";
import type { People } from "./people.ts";
import type { World } from "./world.ts";
import { actBefore, canActBefore, chatOfCall } from "./world-faults.ts";

/** What the plan makes of a call. What people do meanwhile is done at once, and the call goes on in the world as it then is. */
export function openCallFaults(faults: FaultsInside, world: World, people: People) {
  return function faultOf(call: InterceptedCall): Fault | undefined {
    const place = call.method;
    const chat = chatOfCall(world, call);
    const fits = (kind: FaultKind) => canActBefore(world, kind, chat, call);
    const happening = faults.decide({ moment: "call", place, chat, fits });
    if (happening === undefined) return undefined;
    const answered = answerOf(happening.hit.rule);
    if (answered === undefined) actBefore(world, people, happening, call);
    return answered;
  };
}

/** source: tdlib/telegram-bot-api, Client.cpp (fail_query_flood_limit_exceeded); nginx's own pages stand before api.telegram.org */
function answerOf({ kind, retryAfterSeconds = 0, status = 502, delaySeconds = 0 }: FaultRule): Fault | undefined {
  switch (kind) {
    case "too-many-requests":
      return refused(429, `Too Many Requests: retry after ${retryAfterSeconds}`, { retry_after: retryAfterSeconds });
    case "server-error":
      return status === 500 ? refused(500, "Internal Server Error") : { status, html: pageOfProxy(status) };
    case "token-changed":
      return refused(401, "Unauthorized");
    case "dropped-before":
      return { drop: true };
    case "dropped-after":
      return { drop: true, carriedOut: true };
    case "slow":
      return { delaySeconds };
    case "half-open":
      return { halfOpen: true };
    default:
      return undefined;
  }
}

function refused(status: number, description: string, parameters?: object): Fault {
  return { status, body: { ok: false, error_code: status, description, parameters } };
}

function pageOfProxy(status: number): string {
  const title = status === 502 ? "502 Bad Gateway" : "504 Gateway Time-out";
  return [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "<hr><center>nginx/1.18.0</center>",
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
}
