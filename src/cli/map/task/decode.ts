import { BadInputError, type Decoding } from "../input/index.js";

/** Makes the function's argument of the text of an input. */
export function decoderOf(decoding: Decoding): (text: string) => unknown {
  return decoding === "text" ? (text) => text : parseJson;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadInputError(`malformed JSON: ${(error as Error).message}`, { cause: error });
  }
}
