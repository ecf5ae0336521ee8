import type { Faults } from "./faults.ts";
import type { People } from "./people.ts";
import type { GroupEvent, PersonEvent } from "./world.ts";

const heartbeatMs = 15_000;

/** However many faults there are in it. */
const tellFaultsEveryMs = 250;

/** Server-Sent Events of everybody's apps, and that there is news of the faults. Each stream ends when its reader leaves or the server closes. */
export function openEventStreams(people: People, faults: Faults): { open(): Response; close(): void } {
  const ends = new Set<() => void>();

  function open(): Response {
    const encoder = new TextEncoder();
    let end = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const write = (text: string) => controller.enqueue(encoder.encode(text));
        const send = (event: object) => write(`data: ${JSON.stringify(event)}\n\n`);
        const unsubscribe = people.subscribe((event) => send(asSent(event)));
        let isTelling: NodeJS.Timeout | undefined;
        const unsubscribeFaults = faults.subscribe(() => {
          isTelling ??= setTimeout(() => {
            isTelling = undefined;
            send({ type: "faults" });
          }, tellFaultsEveryMs);
        });
        const heartbeat = setInterval(() => write(": heartbeat\n\n"), heartbeatMs);
        end = () => {
          unsubscribe();
          unsubscribeFaults();
          clearTimeout(isTelling);
          clearInterval(heartbeat);
          ends.delete(stop);
        };
        const stop = () => {
          end();
          controller.close();
        };
        ends.add(stop);
        write(": open\n\n");
      },
      cancel: () => end(),
    });
    const headers = {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    };
    return new Response(body, { headers });
  }

  return {
    open,
    close() {
      for (const stop of [...ends]) stop();
    },
  };
}

function asSent(event: PersonEvent): Record<string, unknown> {
  const { type } = event;
  if ("groupId" in event) return groupEvent(event);
  const { personId: person_id } = event;
  switch (event.type) {
    case "message":
    case "edit":
      return { type, person_id, message: event.message };
    case "delete":
      return { type, person_id, message_id: event.messageId };
    case "callback-answer": {
      const { callbackQueryId, text, showAlert } = event;
      return { type, person_id, callback_query_id: callbackQueryId, text, show_alert: showAlert };
    }
    case "commands":
      return { type, person_id, commands: event.commands };
    case "standing":
      return { type, person_id, blocked: event.blocked };
  }
}

function groupEvent(event: GroupEvent): Record<string, unknown> {
  const { type, groupId: group_id } = event;
  if (event.type === "group-delete") return { type, group_id, message_id: event.messageId };
  return event.type === "group" ? { type, group_id } : { type, group_id, message: event.message };
}
