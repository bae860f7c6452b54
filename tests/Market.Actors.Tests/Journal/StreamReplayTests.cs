using Market.Actors.Journal;
using Market.Contracts;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Journal;

public class StreamReplayTests
{
    private static readonly StreamId Stream = new(MarketId.Of("banana"), 3);

    [Fact]
    public void A_sound_stream_is_replayed_whole()
    {
        var turns = Ten();
        var seen = new Recorder();
        var replay = Replay(turns, seen);
        seen.Events.Count.ShouldBe(20);
        replay.NextSequence.ShouldBe(21);
        replay.Before.ShouldBe(TurnFormat.Open(turns[^1].Bytes.Span).Checksum);
        replay.Time.ShouldBe(TurnFormat.Open(turns[^1].Bytes.Span).Time);
    }

    [Fact]
    public void A_replay_goes_on_from_where_a_snapshot_stood()
    {
        var turns = Ten();
        var half = Replay(turns[..5], new Recorder());
        var seen = new Recorder();
        var rest = new StreamReplay(Stream, seen, half.NextSequence, half.Before, half.Time);
        foreach (var turn in turns[5..]) { rest.Turn(turn); }
        seen.Events.Count.ShouldBe(10);
        rest.NextSequence.ShouldBe(21);
    }

    [Fact]
    public void Each_missing_turn_is_found_and_located()
    {
        for (var missing = 0; missing < 9; missing++)
        {
            var turns = Ten().ToList();
            turns.RemoveAt(missing);
            ShouldStopAt(1 + (2 * missing), turns).ShouldContain("missing");
        }
    }

    [Fact]
    public void Each_doubled_turn_is_found_and_located()
    {
        for (var doubled = 0; doubled < 10; doubled++)
        {
            var turns = Ten().ToList();
            turns.Insert(doubled + 1, turns[doubled]);
            ShouldStopAt(3 + (2 * doubled), turns);
        }
    }

    [Fact]
    public void Any_two_swapped_turns_are_found_and_located()
    {
        for (var one = 0; one < 10; one++)
        {
            for (var other = one + 1; other < 10; other++)
            {
                var turns = Ten();
                (turns[one], turns[other]) = (turns[other], turns[one]);
                ShouldStopAt(1 + (2 * one), turns);
            }
        }
    }

    [Fact]
    public void A_turn_of_another_shard_is_found_though_its_numbers_fit()
    {
        var turns = Ten();
        turns[4] = Others(new StreamId(MarketId.Of("banana"), 4))[4] with { Stream = Stream };
        ShouldStopAt(9, turns).ShouldContain("shard 4");
    }

    [Fact]
    public void A_turn_of_another_market_with_the_same_shard_and_numbers_breaks_the_chain()
    {
        var turns = Ten();
        turns[4] = Others(new StreamId(MarketId.Of("apple"), 3), events: 1).Single(turn => turn.FirstSequence == 9) with { Stream = Stream, Count = 1 };
        ShouldStopAt(9, turns).ShouldContain("continues");
    }

    [Fact]
    public void Another_history_from_some_point_on_breaks_the_chain()
    {
        var (kept, other) = (Ten(), new TurnChain(Stream) { Time = new Timestamp(1_800_000_000_000) }.Many(10, events: 2));
        ShouldStopAt(13, [.. kept[..6], .. other[6..]]).ShouldContain("continues");
    }

    [Fact]
    public void A_first_turn_that_continues_another_is_refused()
    {
        var bytes = Ten()[0].Bytes.ToArray();
        TurnFormat.Seal(bytes, TurnFormat.Open(bytes) with { Before = 7 });
        ShouldStopAt(1, [new JournaledTurn(Stream, 1, 2, bytes)]).ShouldContain("continues");
    }

    [Fact]
    public void Time_that_goes_back_is_refused_and_time_that_stands_is_not()
    {
        var chain = new TurnChain(Stream);
        var first = chain.Next();
        chain.Time = chain.Time.Plus(-1);
        var same = chain.Next();
        chain.Time = chain.Time.Plus(-2);
        var back = chain.Next();
        ShouldStopAt(3, [first, same, back]).ShouldContain("time", Case.Insensitive);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    public void What_the_store_says_of_a_turn_must_be_what_the_turn_says(int first, int count, int shard)
    {
        var turns = Ten();
        var turn = turns[2];
        turns[2] = turn with { FirstSequence = turn.FirstSequence + first, Count = turn.Count + count, Stream = Stream with { Shard = Stream.Shard + shard } };
        ShouldStopAt(5, turns).ShouldContain("header");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_sealed_turn_whose_events_are_not_as_many_as_it_says_is_refused(int count)
    {
        var bytes = Ten()[0].Bytes.ToArray();
        TurnFormat.Seal(bytes, TurnFormat.Open(bytes) with { Count = count });
        ShouldStopAt(1, [new JournaledTurn(Stream, 1, count, bytes)]);
    }

    [Fact]
    public void A_sealed_turn_with_an_unknown_kind_of_event_is_refused()
    {
        var bytes = Ten()[0].Bytes.ToArray();
        bytes[TurnFormat.HeaderLength] = 0xfe;
        TurnFormat.Seal(bytes, TurnFormat.Open(Ten()[0].Bytes.Span));
        ShouldStopAt(1, [new JournaledTurn(Stream, 1, 2, bytes)]);
    }

    [Fact]
    public void Every_bit_that_changed_is_located()
    {
        var turns = Ten();
        for (var at = 0; at < turns[6].Bytes.Length * 8; at++)
        {
            var bytes = turns[6].Bytes.ToArray();
            bytes[at / 8] ^= (byte)(1 << (at % 8));
            ShouldStopAt(13, [.. turns[..6], turns[6] with { Bytes = bytes }, .. turns[7..]]);
        }
    }

    private static JournaledTurn[] Ten() => Others(Stream);

    private static JournaledTurn[] Others(StreamId stream, int events = 2) => new TurnChain(stream).Many(10, events);

    private static StreamReplay Replay(IEnumerable<JournaledTurn> turns, Recorder into)
    {
        var replay = new StreamReplay(Stream, into);
        foreach (var turn in turns) { replay.Turn(turn); }
        return replay;
    }

    /// <returns>What was said.</returns>
    private static string ShouldStopAt(long sequence, IReadOnlyList<JournaledTurn> turns)
    {
        var said = Should.Throw<JournalCorruptException>(() => Replay(turns, new Recorder())).Message;
        said.ShouldStartWith($"Journal of banana/3, at event {sequence}: ");
        return said;
    }
}
