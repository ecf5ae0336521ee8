import { z } from "zod";

/** NOTIFY takes 8000 bytes with its end; Redis would take more, but what works over one works over the other. */
const longestMessageBytes = 7_999;

const eventMessage = z.object({ topic: z.string(), payload: z.unknown().optional() });

/** @throws RangeError the payload is too large */
export function writeMessage(topic: string, payload: unknown): string {
  const message = JSON.stringify({ topic, payload });
  const sizeBytes = Buffer.byteLength(message);
  if (sizeBytes > longestMessageBytes)
    throw new RangeError(`publishing ${topic}: ${sizeBytes} bytes are more than an event carries; send an id`);
  return message;
}

/** @throws SyntaxError or ZodError it is no message of ours */
export function readMessage(text: string): z.infer<typeof eventMessage> {
  return eventMessage.parse(JSON.parse(text));
}
