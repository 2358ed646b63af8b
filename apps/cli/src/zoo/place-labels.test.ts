import { expect, it } from 'vitest';
import { placeLabels, type Circle } from './place-labels.js';

const circle = (x: number, y: number, radius = 10, text = 'name'): Circle => ({
  text,
  x,
  y,
  radius,
});

it('puts a name right of its circle where there is room', () => {
  expect(placeLabels([circle(100, 50)], [300, 100], 5)).toEqual([{ x: 123, y: 50 }]);
});

it('puts it left at the right edge', () => {
  expect(placeLabels([circle(285, 50)], [300, 100], 5)).toEqual([{ x: 262, y: 50 }]);
});

it('covers neither circles nor names', () => {
  const circles = [
    circle(100, 50),
    circle(130, 50),
    circle(100, 80),
    circle(130, 80, 4, 'longer name'),
  ];
  const places = placeLabels(circles, [400, 200], 5);
  const boxes = places.map(({ x, y }, i) => {
    const half = (circles[i]!.text.length * 5) / 2;
    return { left: x - half, right: x + half, top: y - 6.5, bottom: y + 6.5 };
  });
  const round = circles.map(({ x, y, radius: r }) => ({
    ...{ left: x - r, right: x + r },
    ...{ top: y - r, bottom: y + r },
  }));
  for (const [i, a] of boxes.entries()) {
    for (const b of [...boxes.filter((_, k) => k !== i), ...round]) {
      const apart =
        a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      expect(apart).toBe(true);
    }
  }
});
