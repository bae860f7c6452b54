using System.Collections.Concurrent;

namespace Market.Actors.Tests.Twin;

/// <summary>The market against its naive twin, over hundreds of histories with crashes and a failing journal.</summary>
public class TwinTests
{
    private static readonly int[] Shards = [16, 1, 3, 16, 2, 7];

    [Fact]
    public void In_every_history_the_market_does_what_its_naive_twin_does()
    {
        var seen = new ConcurrentBag<string>();
        Parallel.For(0, 300, seed =>
        {
            foreach (var one in TwinRun.Play(seed, Shards[seed % Shards.Length], steps: 160).Seen) { seen.Add(one); }
        });
        string[] everything =
        [
            "Accepted", "Unauthorized", "MarketClosed", "Duplicate", "TxnIdReused", "OrderTooLarge", "InsufficientCoins", "InsufficientShares",
            "None", "OffTopic", "TooMany", "Repeated", "Running", "Paused", "Ended", "joined", "kept", "not kept", "Return", "Bailout",
            .. Enumerable.Range(0, 10).Select(step => $"burst step {step}"),
        ];
        foreach (var one in everything) { seen.Count(other => other == one).ShouldBeGreaterThan(10, one); }
    }

    [Fact]
    public void The_same_seed_and_the_same_commands_give_the_same_journal_byte_for_byte()
    {
        for (var seed = 1_000; seed < 1_020; seed++)
        {
            var first = TwinRun.Play(seed, 16, steps: 60).Market.Host.JournalBytes();
            TwinRun.Play(seed, 16, steps: 60).Market.Host.JournalBytes().ShouldBe(first, $"seed {seed}");
        }
    }

    [Fact]
    public void However_many_shards_there_are_the_board_is_the_same()
    {
        for (var seed = 2_000; seed < 2_020; seed++)
        {
            TwinRun.Play(seed, 16, steps: 60).Market.Shown().ShouldBe(TwinRun.Play(seed, 1, steps: 60).Market.Shown(), $"seed {seed}");
        }
    }
}
