// Names beside circles, each where it covers the least.

export interface Circle {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** The middle of a name's box. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const lineHeight = 13;
const gap = 3;

/**
 * Of each circle the place for its name, in pixels: right of it, left, above or below, and if all are taken, inside or
 * a line further. The largest circles come first.
 *
 * @param size width and height of the picture; names stay inside
 * @param characterWidth mean width of a character in pixels
 */
export function placeLabels(
  circles: readonly Circle[],
  [width, height]: readonly [number, number],
  characterWidth: number,
): Place[] {
  const taken: Box[] = [];
  const places = new Map<Circle, Place>();
  const inside = { left: 0, top: 0, right: width, bottom: height };
  for (const circle of [...circles].sort((a, b) => b.radius - a.radius)) {
    const half = (circle.text.length * characterWidth) / 2;
    const boxOf = ({ x, y }: Place): Box => ({
      ...{ left: x - half, right: x + half },
      ...{ top: y - lineHeight / 2, bottom: y + lineHeight / 2 },
    });
    const cost = (place: Place): number => {
      const box = boxOf(place);
      const outside = areaOf(box) - overlap(box, inside);
      const others = circles.filter((other) => other !== circle);
      const covered = [...taken, ...others.map(boundsOf)].map((other) => overlap(box, other));
      return covered.reduce((sum, area) => sum + area, 4 * outside);
    };
    const best = candidates(circle, half)
      .map((place, i) => ({ place, cost: cost(place) + i }))
      .reduce((a, b) => (b.cost < a.cost ? b : a));
    places.set(circle, best.place);
    taken.push(boxOf(best.place));
  }
  return circles.map((circle) => places.get(circle) as Place);
}

/** The best first. */
function candidates({ x, y, radius }: Circle, half: number): Place[] {
  const [across, up] = [radius + gap + half, radius + lineHeight / 2];
  const corner = 0.7 * radius + gap;
  return [
    ...[
      { x: x + across, y },
      { x: x - across, y },
      { x, y: y - up },
      { x, y: y + up },
    ],
    ...[-1, 1].flatMap((side) =>
      [-1, 1].map((end) => ({
        x: x + end * (corner + half),
        y: y + side * (corner + lineHeight / 2),
      })),
    ),
    ...[
      { x, y },
      { x, y: y - up - lineHeight },
      { x, y: y + up + lineHeight },
    ],
  ];
}

function boundsOf({ x, y, radius }: Circle): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function areaOf({ left, right, top, bottom }: Box): number {
  return (right - left) * (bottom - top);
}

function overlap(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return Math.max(0, across) * Math.max(0, down);
}
