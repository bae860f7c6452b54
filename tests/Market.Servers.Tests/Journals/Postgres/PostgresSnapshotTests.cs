using Market.Actors.Journal;
using Market.Contracts;
using Market.Protocol.Values;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Journals.Postgres;

[Collection(nameof(Databases))]
public sealed class PostgresSnapshotTests(Databases databases)
{
    private static readonly StreamId Banana = new(MarketId.Of("banana"), 0);

    [SkippableFact]
    public void An_owner_that_comes_late_does_not_put_an_older_snapshot_in_a_newer_ones_place()
    {
        var home = databases.NewHome();
        using var zombie = home.Open();
        using var heir = home.Open();
        heir.Append(new TurnChain(Banana).Many(5));
        heir.Save([new Snapshot(Banana, 6, new byte[] { 6 })]);
        zombie.Save([new Snapshot(Banana, 3, new byte[] { 3 })]);
        heir.LatestSnapshot(Banana)!.NextSequence.ShouldBe(6);
    }

    [SkippableTheory]
    [InlineData("bytes = '\\x010203'")]
    [InlineData("checksum = checksum + 1")]
    [InlineData("next_sequence = 1000")]
    [InlineData("shard = 1")]
    public void A_damaged_snapshot_is_none_and_in_no_others_way(string damage)
    {
        var home = databases.NewHome();
        using var journal = home.Open();
        var stream = damage.StartsWith("shard", StringComparison.Ordinal) ? Banana with { Shard = 1 } : Banana;
        var turns = new TurnChain(stream).Many(5);
        journal.Append([.. new TurnChain(Banana with { Shard = 2 }).Many(5), .. turns]);
        if (stream != Banana) { journal.Append(new TurnChain(Banana).Many(5)); }
        journal.Save([new Snapshot(Banana, 4, new byte[] { 1, 2, 4 })]);
        home.Database.Run($"UPDATE {home.Schema}.snapshots SET {damage}");

        journal.LatestSnapshot(stream).ShouldBeNull();

        journal.Save([new Snapshot(stream, 5, new byte[] { 5 })]);
        journal.LatestSnapshot(stream)!.NextSequence.ShouldBe(5);
        journal.ReadAll(stream).ShouldBe(turns.Kept());
    }

    [SkippableFact]
    public void A_snapshot_of_turns_that_are_gone_is_damage_and_not_passed_over()
    {
        var home = databases.NewHome();
        using var journal = home.Open();
        journal.Append(new TurnChain(Banana).Many(5));
        journal.Save([new Snapshot(Banana, 6, new byte[] { 6 })]);
        home.Database.Run($"DELETE FROM {home.Schema}.turns WHERE first_sequence > 3");
        Should.Throw<JournalCorruptException>(() => journal.LatestSnapshot(Banana)).Message.ShouldContain("banana/0");
    }
}
