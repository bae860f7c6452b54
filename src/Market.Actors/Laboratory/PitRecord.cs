using System.Security.Cryptography;
using Market.Actors.Journal;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Laboratory;

/// <summary>What a laboratory keeps of one pit's turns: their hash, and what each temperament did. The bytes themselves are let go.</summary>
internal sealed class PitRecord(int parts) : IEventFold, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Activity[] _activity = [.. Enumerable.Range(0, parts).Select(_ => new Activity())];
    private readonly List<int> _partOfSlot = [];

    /// <summary>By part of the mix.</summary>
    public IReadOnlyList<Activity> Activity => _activity;

    public long Turns { get; private set; }

    public long Events { get; private set; }

    public long Bytes { get; private set; }

    public int PartOf(int slot) => _partOfSlot[slot];

    /// <summary>The next trader to join plays this part.</summary>
    public void Joins(int part) => _partOfSlot.Add(part);

    public void Took(in JournaledTurn turn)
    {
        Turns++;
        Events += turn.Count;
        Bytes += turn.Bytes.Length;
        _hash.AppendData(turn.Bytes.Span);
        EventReader.Read(turn.Bytes.Span[TurnFormat.HeaderLength..], turn.Count, default, this);
    }

    /// <summary>Of all turns taken so far.</summary>
    public byte[] Hash() => _hash.GetCurrentHash();

    public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time) => _activity[_partOfSlot[slot]].Count(happened);

    public void On(MarketEvent happened, Timestamp time)
    {
    }

    public void Dispose() => _hash.Dispose();
}
