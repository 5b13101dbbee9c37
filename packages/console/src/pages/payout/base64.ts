/** Bytes as base64, piece by piece: a call takes only so many arguments. */
export function base64Of(bytes: Uint8Array): string {
  const piece = 8_192;
  const parts = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, place) =>
    String.fromCharCode(...bytes.subarray(place * piece, (place + 1) * piece)),
  );
  return btoa(parts.join(''));
}
