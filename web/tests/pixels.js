// Pixels of pictures, worked on in a page of the browser that drew them: nothing else here can decode a picture.

/** @typedef {import("playwright-core").Page} Page */

/** The side of a block, in pixels. */
const BLOCK = 8;

/**
 * Halves a picture: each pixel is the mean of four.
 * @param {Page} blank
 * @param {Buffer} picture
 * @returns {Promise<Buffer>} as PNG
 */
export async function halved(blank, picture) {
  return Buffer.from(await blank.evaluate(async (base64) => {
    const { decoded, encoded } = /** @type {any} */ (globalThis).pixels;
    const { width, height, data } = await decoded(base64);
    const half = new ImageData(width >> 1, height >> 1);
    for (let at = 0; at < half.data.length; at += 1) {
      const [x, y] = [(at >> 2) % half.width, Math.floor((at >> 2) / half.width)];
      const first = 4 * (2 * y * width + 2 * x) + (at & 3);
      const below = first + 4 * width;
      half.data[at] = (data[first] + data[first + 4] + data[below] + data[below + 4]) / 4;
    }
    return encoded(half, "image/png");
  }, picture.toString("base64")), "base64");
}

/**
 * Rounds the channels of a picture to multiples of eight, which halves its bytes.
 * @param {Page} blank
 * @param {Buffer} picture
 * @returns {Promise<Buffer>} as WebP without loss
 */
export async function rounded(blank, picture) {
  return Buffer.from(await blank.evaluate(async (base64) => {
    const { decoded, encoded } = /** @type {any} */ (globalThis).pixels;
    const image = await decoded(base64);
    image.data.forEach((/** @type {number} */ value, /** @type {number} */ at) => {
      image.data[at] = Math.min(255, Math.round(value / 8) * 8);
    });
    return encoded(image, "image/webp");
  }, picture.toString("base64")), "base64");
}

/**
 * @typedef {object} Difference
 * @property {number[]} pixels how many pixels differ, by how much is borne; all of them where the sizes do
 * @property {number} blocks how many blocks do
 * @property {Buffer} picture the expected picture as PNG, pale, with what differs in red
 */

/**
 * Tells what of two pictures differs. A pixel does where a channel is off by more than that from all that the other
 * picture has within one pixel; a block of eight by eight does where the mean of a channel is.
 * @param {Page} blank
 * @param {Buffer} expected
 * @param {Buffer} actual
 * @param {{ pixels: number[], block: number }} mostOff
 * @returns {Promise<Difference>}
 */
export async function difference(blank, expected, actual, mostOff) {
  const pictures = [expected, actual].map((picture) => picture.toString("base64"));
  const { picture, ...counts } = await blank.evaluate(async ({ pictures, mostOff, side }) => {
    const { decoded, encoded, reach, means } = /** @type {any} */ (globalThis).pixels;
    const [one, other] = await Promise.all(pictures.map(decoded));
    const shown = new ImageData(one.width, one.height);
    shown.data.forEach((_, at) => { shown.data[at] = at % 4 === 3 ? 255 : 191 + one.data[at] / 4; });
    if (one.width !== other.width || one.height !== other.height) {
      return { pixels: mostOff.pixels.map(() => one.width * one.height), blocks: 0, picture: await encoded(shown, "image/png") };
    }
    const pixels = mostOff.pixels.map(() => 0);
    let blocks = 0;
    const least = Math.min(...mostOff.pixels);
    for (let at = 0; at < one.data.length; at += 4) {
      const places = [at, at + 1, at + 2].filter((place) => Math.abs(one.data[place] - other.data[place]) > least);
      if (places.length === 0) continue;
      const off = Math.max(...places.map((place) => Math.max(reach(one, other, place), reach(other, one, place))));
      mostOff.pixels.forEach((most, place) => { pixels[place] = (pixels[place] ?? 0) + (off > most ? 1 : 0); });
      if (off > least) shown.data.set([220, 0, 0, 255], at);
    }
    const [these, those] = [means(one, side), means(other, side)];
    const across = Math.floor(one.width / side);
    for (const block of new Set(these.flatMap((/** @type {number} */ mean, /** @type {number} */ at) =>
      Math.abs(mean - those[at]) > mostOff.block ? [Math.floor(at / 3)] : []))) {
      blocks += 1;
      for (let place = 0; place < side * side; place += 1) {
        const x = (block % across) * side + (place % side);
        const y = Math.floor(block / across) * side + Math.floor(place / side);
        shown.data.set([220, 0, 0, 255], 4 * (y * one.width + x));
      }
    }
    return { pixels, blocks, picture: await encoded(shown, "image/png") };
  }, { pictures, mostOff, side: BLOCK });
  return { ...counts, picture: Buffer.from(picture, "base64") };
}

/**
 * Opens a page in which pictures can be worked on.
 * @param {import("playwright-core").Browser} browser
 * @returns {Promise<Page>}
 */
export async function blankPage(browser) {
  const page = await browser.newPage();
  await page.evaluate(tools);
  return page;
}

/** Leaves in a page what the functions above do there; it runs in the page alone. */
function tools() {
  /** @param {string} base64 */
  async function decoded(base64) {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = contextOf(bitmap.width, bitmap.height);
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  }

  /**
   * @param {ImageData} image
   * @param {string} type of which the quality of one is without loss
   */
  async function encoded(image, type) {
    const context = contextOf(image.width, image.height);
    context.putImageData(image, 0, 0);
    const file = await (await context.canvas.convertToBlob({ type, quality: 1 })).arrayBuffer();
    let text = "";
    for (const byte of new Uint8Array(file)) text += String.fromCharCode(byte);
    return btoa(text);
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  function contextOf(width, height) {
    const context = new OffscreenCanvas(width, height).getContext("2d");
    if (context === null) throw new Error("a canvas can be drawn on");
    return context;
  }

  /**
   * How far a channel lies outside what the other picture has there and in the eight pixels around.
   * @param {ImageData} image
   * @param {ImageData} around
   * @param {number} place
   */
  function reach({ data, width, height }, around, place) {
    const value = data[place] ?? 0;
    const [x, y] = [(place >> 2) % width, Math.floor((place >> 2) / width)];
    let [low, high] = [255, 0];
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
        const near = around.data[4 * (row * width + column) + (place & 3)] ?? 0;
        low = Math.min(low, near);
        high = Math.max(high, near);
      }
    }
    return Math.max(low - value, value - high);
  }

  /**
   * The means of the whole blocks of a picture, three channels each.
   * @param {ImageData} image
   * @param {number} side
   */
  function means({ data, width, height }, side) {
    const [across, down] = [Math.floor(width / side), Math.floor(height / side)];
    const sums = new Array(across * down * 3).fill(0);
    for (let y = 0; y < down * side; y += 1) {
      for (let x = 0; x < across * side; x += 1) {
        const block = Math.floor(y / side) * across + Math.floor(x / side);
        for (let channel = 0; channel < 3; channel += 1) {
          sums[block * 3 + channel] += (data[4 * (y * width + x) + channel] ?? 0) / (side * side);
        }
      }
    }
    return sums;
  }

  Object.assign(globalThis, { pixels: { decoded, encoded, reach, means } });
}
