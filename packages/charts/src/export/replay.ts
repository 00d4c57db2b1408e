/** Draws the SVG of a chart on a canvas, in the colours and type that its styles give it. Knows the shapes that charts use. */

const number = (element: Element, name: string): number => Number(element.getAttribute(name) ?? 0);

/** Draws what an element holds, at the origin of the context. */
export function replay(context: CanvasRenderingContext2D, parent: Element, scale: number): void {
  for (const element of parent.children) {
    const style = getComputedStyle(element);
    if (element.localName === 'defs' || style.display === 'none') continue;
    if (element.localName === 'g') replay(context, element, scale);
    else if (element.localName === 'text') drawText(context, element, style);
    else drawShape(context, element, style, scale);
  }
}

function drawShape(context: CanvasRenderingContext2D, element: Element, style: CSSStyleDeclaration, scale: number): void {
  const path = pathOf(element);
  const draw = {
    fill: () => {
      const fill = paintOf(context, element, style.fill, scale);
      if (fill === undefined || element.localName === 'line') return;
      context.globalAlpha = Number(style.fillOpacity);
      context.fillStyle = fill;
      context.fill(path);
    },
    stroke: () => {
      const stroke = paintOf(context, element, style.stroke, scale);
      if (stroke === undefined) return;
      setStroke(context, style, stroke);
      context.stroke(path);
    },
  };
  inOrder(style, draw);
  context.globalAlpha = 1;
}

function drawText(context: CanvasRenderingContext2D, element: Element, style: CSSStyleDeclaration): void {
  const words = element.textContent ?? '';
  const [x, y] = [number(element, 'x'), number(element, 'y')];
  context.font = fontOf(style);
  context.direction = style.direction === 'rtl' ? 'rtl' : 'ltr';
  context.textAlign = style.textAnchor === 'middle' ? 'center' : (style.textAnchor as 'start' | 'end');
  inOrder(style, {
    fill: () => {
      context.fillStyle = style.fill;
      context.fillText(words, x, y);
    },
    stroke: () => {
      if (style.stroke === 'none') return;
      setStroke(context, style, style.stroke);
      context.strokeText(words, x, y);
    },
  });
  context.globalAlpha = 1;
}

export function fontOf({ fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): string {
  return `${fontWeight} ${fontSize} ${fontFamily}`;
}

function inOrder(style: CSSStyleDeclaration, { fill, stroke }: { fill: () => void; stroke: () => void }): void {
  const strokeFirst = style.paintOrder.startsWith('stroke');
  for (const draw of strokeFirst ? [stroke, fill] : [fill, stroke]) draw();
}

function setStroke(context: CanvasRenderingContext2D, style: CSSStyleDeclaration, stroke: string | CanvasPattern): void {
  context.globalAlpha = Number(style.strokeOpacity);
  context.strokeStyle = stroke;
  context.lineWidth = Number.parseFloat(style.strokeWidth);
  context.lineCap = style.strokeLinecap as CanvasLineCap;
  context.lineJoin = style.strokeLinejoin as CanvasLineJoin;
  context.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(',').map(Number.parseFloat));
}

function pathOf(element: Element): Path2D {
  const path = new Path2D(element.getAttribute('d') ?? '');
  const at = (name: string) => number(element, name);
  if (element.localName === 'rect') path.roundRect(at('x'), at('y'), at('width'), at('height'), at('rx'));
  if (element.localName === 'circle') path.arc(at('cx'), at('cy'), at('r'), 0, 2 * Math.PI);
  if (element.localName === 'line') {
    path.moveTo(at('x1'), at('y1'));
    path.lineTo(at('x2'), at('y2'));
  }
  return path;
}

/** `undefined` where nothing is painted. */
function paintOf(context: CanvasRenderingContext2D, element: Element, value: string, scale: number): string | CanvasPattern | undefined {
  const id = /^url\("?[^#]*#([^")]+)"?\)/.exec(value)?.[1];
  if (id === undefined) return value === 'none' ? undefined : value;
  const pattern = (element.getRootNode() as ShadowRoot).getElementById(id);
  return pattern ? (patternOf(context, pattern, scale) ?? undefined) : undefined;
}

function patternOf(context: CanvasRenderingContext2D, pattern: Element, scale: number): CanvasPattern | null {
  const tile = document.createElement('canvas');
  tile.width = Math.round(number(pattern, 'width') * scale);
  tile.height = Math.round(number(pattern, 'height') * scale);
  const inside = tile.getContext('2d');
  if (!inside) return null;
  inside.scale(scale, scale);
  replay(inside, pattern, scale);
  const made = context.createPattern(tile, 'repeat');
  const turned = /rotate\((\d+)\)/.exec(pattern.getAttribute('patternTransform') ?? '')?.[1] ?? '0';
  made?.setTransform(new DOMMatrix().rotate(Number(turned)).scale(1 / scale));
  return made;
}
