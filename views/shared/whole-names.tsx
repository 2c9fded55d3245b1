const MASKED = /(\p{Script=Han}\*+\p{Script=Han}?)/u;

/** Draws words in which names stand that the server has masked already (`王*国`): none of them breaks at the end of a line. */
export function WholeNames({ words }: { words: string }) {
  return (
    <>
      {words.split(MASKED).map((part, place) =>
        // Of what is split by a group, every second part is what the group found.
        place % 2 === 1 ? (
          <span key={`${place} ${part}`} class="masked-name">
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </>
  );
}
