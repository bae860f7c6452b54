using Market.Actors.Audit;

namespace Market.Actors.Tests.Runtime;

/// <summary>A snapshot saves time and is nothing else: one that is not sound is reported, and the journal is read from its start.</summary>
public class UnsoundSnapshotTests
{
    private readonly TestMarket _market = SnapshotTests.Live(step => step == 20);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(40)]
    [InlineData(-1)]
    public void One_with_a_byte_changed_is_passed_over(int changed)
    {
        Spoil(bytes => bytes[changed < 0 ? bytes.Length + changed : changed] ^= 0x55);
        SnapshotTests.ShouldRecoverAlike(_market);
        var letters = _market.Restarted().Host.DeadLetters.Latest();
        letters.Select(letter => letter.Actor).ShouldBe(_market.Host.Engine.Shards.Select(shard => $"/{shard.Stream}"));
        letters.ShouldAllBe(letter => letter.What == "snapshot" && letter.Cause.Contains("checksum", StringComparison.Ordinal));
    }

    [Fact]
    public void One_cut_short_is_passed_over()
    {
        foreach (var shard in _market.Host.Engine.Shards)
        {
            var snapshot = _market.Host.Journal.LatestSnapshot(shard.Stream)!;
            _market.Host.Journal.Save([snapshot with { Bytes = snapshot.Bytes[..Math.Min(shard.Stream.Shard * 11, snapshot.Bytes.Length - 1)] }]);
        }
        SnapshotTests.ShouldRecoverAlike(_market);
        _market.Restarted().Host.DeadLetters.Count.ShouldBe(16);
    }

    [Fact]
    public void An_audit_finds_it()
    {
        new JournalAudit(_market.Host.Journal, _market.Rules).Run().Findings.Kept.ShouldBeEmpty();
        Spoil(bytes => bytes[^1] ^= 1);
        new JournalAudit(_market.Host.Journal, _market.Rules).Run().Findings.Kept.Count.ShouldBe(16);
    }

    private void Spoil(Action<byte[]> spoil)
    {
        foreach (var shard in _market.Host.Engine.Shards)
        {
            var snapshot = _market.Host.Journal.LatestSnapshot(shard.Stream)!;
            var bytes = snapshot.Bytes.ToArray();
            spoil(bytes);
            _market.Host.Journal.Save([snapshot with { Bytes = bytes }]);
        }
    }
}
