using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Traders;

public class AnswerRingTests
{
    [Fact]
    public void An_answer_is_found_by_both_halves_of_its_id()
    {
        var ring = new AnswerRing(8);
        ring.Remember(7, Answer(1));
        ring.Remember(7, Answer(2)); // the first halves of two ids may be alike
        ring.TryFind(7, 1, out var first).ShouldBeTrue();
        ring.TryFind(7, 2, out var second).ShouldBeTrue();
        (first, second).ShouldBe((Answer(1), Answer(2)));
        ring.TryFind(7, 3, out _).ShouldBeFalse();
        ring.TryFind(8, 1, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(256)]
    public void The_last_answers_are_remembered_and_the_oldest_forgotten_first(int capacity)
    {
        var ring = new AnswerRing(capacity);
        for (var i = 0UL; i < 600; i++)
        {
            ring.Remember(i, Answer(i));
            var kept = Math.Min((int)i + 1, capacity);
            var oldest = i + 1 - (ulong)kept;
            ring.Count.ShouldBe(kept);
            ring.At(0).ShouldBe((oldest, Answer(oldest)));
            ring.At(kept - 1).ShouldBe((i, Answer(i)));
            ring.TryFind(oldest, oldest, out _).ShouldBeTrue();
            ring.TryFind(i, i, out var last).ShouldBeTrue();
            last.ShouldBe(Answer(i));
            if (oldest > 0) { ring.TryFind(oldest - 1, oldest - 1, out _).ShouldBeFalse(); }
        }
    }

    [Fact]
    public void A_ring_filled_in_order_from_another_is_its_equal()
    {
        var ring = new AnswerRing(10);
        for (var i = 0UL; i < 27; i++) { ring.Remember(i % 5, Answer(i)); }
        var copy = new AnswerRing(10);
        for (var i = 0; i < ring.Count; i++) { copy.Remember(ring.At(i).Id, ring.At(i).Answer); }
        for (var more = 100UL; more < 120; more++)
        {
            ring.Remember(more, Answer(more));
            copy.Remember(more, Answer(more));
            Enumerable.Range(0, 10).Select(i => copy.At(i)).ShouldBe(Enumerable.Range(0, 10).Select(i => ring.At(i)));
        }
    }

    private static RememberedAnswer Answer(ulong idCheck) =>
        new(idCheck, CommandType.Buy, Status.Accepted, (long)idCheck, Coins.Whole(1), TraderState.Initial(new Timestamp((long)idCheck)));
}
