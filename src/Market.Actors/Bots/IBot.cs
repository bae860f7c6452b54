using Market.Protocol.Messages;

namespace Market.Actors.Bots;

/// <summary>
/// A trader that plays by itself: it is told prices and what becomes of its trader, and answers through its desk. It never sees a
/// connection, a clock or a thread, so the same bot plays in a node, in a test and in a laboratory of a million.
/// </summary>
/// <remarks>
/// Duties of an implementer. One call at a time, each quick and bounded, for a host has many bots: no waiting, no I/O, little
/// allocated. What it knows of time is in the ticks; chance is a <see cref="Chance.ChanceStream"/> given when it is made, so that the
/// same seed plays the same game. The desk is its own, and may be used in a call only. One that throws is sent home.
/// </remarks>
public interface IBot
{
    /// <summary>A new price. Under pressure old prices are left out: look at <see cref="PriceTick.Seq"/>, do not count calls.</summary>
    void Priced(in PriceTick tick, IDesk desk);

    /// <summary>
    /// The answer to one of its commands, or news that it did not ask for (<see cref="ResultType.Return"/>, <see cref="ResultType.Bailout"/>).
    /// Each comes once, and the desk's state already holds it.
    /// </summary>
    /// <param name="result">Never <see cref="Status.Duplicate"/>: what was sent again is answered with its first answer.</param>
    void Told(in Result result, IDesk desk);
}
