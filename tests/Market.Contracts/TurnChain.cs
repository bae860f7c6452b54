using Market.Actors.Journal;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Contracts;

/// <summary>Sound turns of one stream, each continuing the one before, as a shard would write them.</summary>
public sealed class TurnChain(StreamId stream)
{
    private const long Start = 1_767_225_600_000;

    private readonly BytesWriter _room = new();
    private uint _before;
    private long _harvests;

    public StreamId Stream => stream;

    /// <summary>Of the event that comes next.</summary>
    public long NextSequence { get; private set; } = 1;

    /// <summary>Of the next turn; goes on by a millisecond with each.</summary>
    public Timestamp Time { get; set; } = new(Start);

    /// <param name="events">How many.</param>
    /// <param name="text">Characters of a long post that is one more event; 0 for none.</param>
    public JournaledTurn Next(int events = 1, int text = 0)
    {
        _room.Clear();
        _room.Take(TurnFormat.HeaderLength);
        for (var i = 0; i < events; i++) { EventWriter.Write(_room, new Harvested(++_harvests)); }
        if (text > 0) { EventWriter.Write(_room, new GibbPosted(new Gibb(++_harvests, Time, "author", new string('b', text), "", 0, default))); }
        var count = text > 0 ? events + 1 : events;
        var turn = _room.Written.ToArray();
        _before = TurnFormat.Seal(turn, new TurnHeader(stream.Shard, NextSequence, count, Time, _before, 0));
        var journaled = new JournaledTurn(stream, NextSequence, count, turn);
        NextSequence = journaled.NextSequence;
        Time = Time.Plus(1);
        return journaled;
    }

    public JournaledTurn[] Many(int turns, int events = 1) => [.. Enumerable.Range(0, turns).Select(_ => Next(events))];
}
