import { flagOf, textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import type { PersonEvent } from "../world.ts";
import { nowSeconds } from "../world.ts";
import type { Method } from "./call.ts";

/** source: seen in practice (10 to 20 s, see the threads on "query is too old"); Telegram documents no number */
const answerableForSeconds = 15;
/** source: Bot API, answerCallbackQuery, text */
const longestAnswer = 200;

export const answerCallbackQuery: Method = (world, { parameters }) => {
  const query = world.state.callbackQueries.get(textOf(parameters, "callback_query_id"));
  if (query === undefined || nowSeconds(world) - query.at > answerableForSeconds) {
    throw badRequest("query is too old and response timeout expired or query ID is invalid");
  }
  const text = textOf(parameters, "text");
  if ([...text].length > longestAnswer) throw badRequest("MESSAGE_TOO_LONG");
  if (query.answered) return true;
  const event: PersonEvent = {
    type: "callback-answer",
    personId: query.personId,
    callbackQueryId: query.id,
    ...(text === "" ? {} : { text }),
    showAlert: flagOf(parameters, "show_alert"),
  };
  world.record([{ change: "callback-query", query: { ...query, answered: true } }], event);
  return true;
};
