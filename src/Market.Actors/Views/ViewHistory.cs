using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Views;

/// <summary>
/// What one shard's journal brought to its market's view beside its traders: kept with the shard's snapshot, so that a start from it
/// shows the same history as a start from nothing.
/// </summary>
/// <param name="Moved">Status, running time until it last changed, and when that was, of the shard where the market's own actor lives; null elsewhere.</param>
/// <param name="FloorEnded">Whether the shard's floor has closed for good.</param>
/// <param name="BoardChanges">How often the shard's traders changed the board.</param>
internal sealed record ViewHistory(
    (MarketStatus Status, long ElapsedMs, Timestamp Since)? Moved, bool FloorEnded, long BoardChanges, IReadOnlyList<PriceTick> Ticks, IReadOnlyList<Gibb> Gibbs)
{
    public void Write(BytesWriter to)
    {
        to.Flag(Moved is not null);
        to.Byte((byte)(Moved?.Status ?? default));
        to.Signed(Moved?.ElapsedMs ?? 0);
        to.Signed(Moved?.Since.UnixMs ?? 0);
        to.Flag(FloorEnded);
        to.Signed(BoardChanges);
        to.Unsigned((uint)Ticks.Count);
        foreach (var tick in Ticks) { EventWriter.Write(to, tick); }
        to.Unsigned((uint)Gibbs.Count);
        foreach (var gibb in Gibbs) { EventWriter.Write(to, gibb); }
    }

    public static ViewHistory Read(ref BytesReader from)
    {
        var hasMoved = from.Flag();
        var moved = ((MarketStatus)from.Byte(), from.Signed(), new Timestamp(from.Signed()));
        var ended = from.Flag();
        var changes = from.Signed();
        var ticks = new PriceTick[from.Count()];
        for (var i = 0; i < ticks.Length; i++) { ticks[i] = EventReader.ReadTick(ref from); }
        var gibbs = new Gibb[from.Count()];
        for (var i = 0; i < gibbs.Length; i++) { gibbs[i] = EventReader.ReadGibb(ref from); }
        return new ViewHistory(hasMoved ? moved : null, ended, changes, ticks, gibbs);
    }
}
