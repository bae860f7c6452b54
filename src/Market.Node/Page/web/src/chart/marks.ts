// What the chart draws besides its lines: shaded bursts behind them, the last price on its axis.
import type uPlot from 'uplot';
import { price } from '../text/numbers';
import type { Burst } from './bursts';
import type { Palette } from './palette';

/** All sizes are in canvas pixels: CSS pixels times `uPlot.pxRatio`. */
export function drawBursts(plot: uPlot, bursts: readonly Burst[], palette: Palette, ratio: number): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = scaled(palette, ratio);
  ctx.textBaseline = 'top';
  for (const burst of bursts) {
    const left = plot.valToPos(burst.from / 1_000, 'x', true);
    const width = Math.max(2 * ratio, plot.valToPos(burst.to / 1_000, 'x', true) - left);
    ctx.fillStyle = palette.burst;
    ctx.fillRect(left, bbox.top, width, bbox.height);
    ctx.fillStyle = palette.burstInk;
    ctx.fillRect(left, bbox.top, width, 3 * ratio);
    if (ctx.measureText('burst').width + 8 * ratio < width) ctx.fillText('burst', Math.max(left, bbox.left) + 4 * ratio, bbox.top + 7 * ratio);
  }
  ctx.restore();
}

/** A dotted line across, and the price in a box on the axis at the right. */
export function drawLastPrice(plot: uPlot, last: { time: number; price: number }, palette: Palette, ratio: number): void {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(last.price, 'y', true));
  const x = plot.valToPos(last.time / 1_000, 'x', true);
  const right = bbox.left + bbox.width;
  const half = palette.fontPx * 0.85 * ratio;
  ctx.save();
  ctx.strokeStyle = palette.price;
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 4 * ratio]);
  line(ctx, x, right, y);
  ctx.fillStyle = palette.price;
  ctx.beginPath();
  ctx.arc(x, y, 4 * ratio, 0, 2 * Math.PI);
  ctx.fill();
  ctx.fillRect(right + 2 * ratio, y - half, ctx.canvas.width - right - 2 * ratio, 2 * half);
  ctx.fillStyle = palette.onPrice;
  ctx.font = `bold ${scaled(palette, ratio)}`;
  ctx.textBaseline = 'middle';
  ctx.fillText(price(last.price), right + 8 * ratio, y);
  ctx.restore();
}

function line(ctx: CanvasRenderingContext2D, fromX: number, toX: number, y: number): void {
  ctx.beginPath();
  ctx.moveTo(fromX, y);
  ctx.lineTo(toX, y);
  ctx.stroke();
}

function scaled(palette: Palette, ratio: number): string {
  return palette.font.replace(/^[\d.]+px/, `${palette.fontPx * ratio}px`);
}
