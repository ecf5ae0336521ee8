import { countCharacters, type FormattedText, formattedText, longestCaption, longestText } from "../formatted-text.ts";
import { jsonOf, type Parameters, textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import type { MessageEntity } from "../types.ts";

/** @throws Refusal 400 "message text is empty", "text must be non-empty", "message is too long", and those of the parser */
export function readText(parameters: Parameters): FormattedText {
  const source = textOf(parameters, "text");
  if (source === "") throw badRequest("message text is empty");
  return formattedText(source, textOf(parameters, "parse_mode"), entitiesIn(parameters, "entities"));
}

/** Told apart from reading, since Telegram looks for the chat between the two. */
export function checkText({ text }: FormattedText): void {
  if (text === "") throw badRequest("text must be non-empty");
  if (countCharacters(text) > longestText) throw badRequest("message is too long");
}

export function readCaption(parameters: Parameters): FormattedText {
  return formattedText(
    textOf(parameters, "caption"),
    textOf(parameters, "parse_mode"),
    entitiesIn(parameters, "caption_entities"),
  );
}

/** @throws Refusal 400 "message caption is too long" */
export function checkCaption({ text }: FormattedText): void {
  if (countCharacters(text) > longestCaption) throw badRequest("message caption is too long");
}

export function asText({ text, entities }: FormattedText): { text: string; entities?: MessageEntity[] } {
  return entities.length === 0 ? { text } : { text, entities };
}

export function asCaption({ text, entities }: FormattedText): { caption?: string; caption_entities?: MessageEntity[] } {
  if (text === "") return {};
  return entities.length === 0 ? { caption: text } : { caption: text, caption_entities: entities };
}

/** Telegram takes entities that are no JSON for none. */
function entitiesIn(parameters: Parameters, name: string): unknown {
  try {
    return jsonOf(parameters, name, name);
  } catch {
    return undefined;
  }
}
