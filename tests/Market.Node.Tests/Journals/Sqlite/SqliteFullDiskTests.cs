using Market.Actors.Journal;
using Market.Contracts;
using Market.Node.Journals.Sqlite;
using Market.Protocol.Values;

namespace Market.Node.Tests.Journals.Sqlite;

public class SqliteFullDiskTests
{
    private static readonly StreamId Banana = new(MarketId.Of("banana"), 0);

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(900)]
    [InlineData(100_000)]
    public void On_a_full_disk_all_that_was_acknowledged_is_there_and_nothing_else(int text)
    {
        using var disk = new SmallDisk();
        var kept = new List<KeptTurn>();
        using (var journal = SqliteJournal.Open(disk.Path))
        {
            var chain = new TurnChain(Banana);
            var refused = AppendUntilFull(journal, disk, chain, kept, text);
            journal.ReadAll().SequenceEqual(kept).ShouldBeTrue();
            for (var times = 0; times < 3; times++)
            {
                Should.Throw<JournalUnavailableException>(journal.Probe).Message.ShouldContain("full");
                Should.Throw<JournalUnavailableException>(() => journal.Append([refused]));
            }

            disk.FreeSpace();
            journal.Probe();
            journal.ReadAll().SequenceEqual(kept).ShouldBeTrue();
            journal.Append([refused]);
            kept.Add(KeptTurn.Of(refused));
            journal.Append([chain.Next()]);
            journal.ReadAll().Count.ShouldBe(kept.Count + 1);
        }
        using var again = SqliteJournal.Open(disk.Path);
        Soundness.ReadSound(again).Take(kept.Count).SequenceEqual(kept).ShouldBeTrue();
    }

    [SkippableFact]
    public void After_a_full_disk_and_a_restart_on_it_all_that_was_acknowledged_is_there()
    {
        using var disk = new SmallDisk();
        var kept = new List<KeptTurn>();
        JournaledTurn refused;
        using (var journal = SqliteJournal.Open(disk.Path)) { refused = AppendUntilFull(journal, disk, new TurnChain(Banana), kept, 900); }
        using (var reader = SqliteJournal.OpenReadOnly(disk.Path)) { Soundness.ReadSound(reader).SequenceEqual(kept).ShouldBeTrue(); }
        using var again = SqliteJournal.Open(disk.Path);
        Soundness.ReadSound(again).SequenceEqual(kept).ShouldBeTrue();
        Should.Throw<JournalUnavailableException>(() => again.Append([refused]));
        disk.FreeSpace();
        again.Append([refused]);
        Soundness.ReadSound(again).Count.ShouldBe(kept.Count + 1);
    }

    [SkippableFact]
    public void An_append_of_many_turns_that_does_not_fit_keeps_none_of_them()
    {
        using var disk = new SmallDisk();
        using var journal = SqliteJournal.Open(disk.Path);
        var (chain, other) = (new TurnChain(Banana), new TurnChain(new StreamId(MarketId.Of("apple"), 1)));
        var first = chain.Many(3);
        journal.Append(first);
        // More than SQLite's page cache holds, so that it fails in the middle, before its commit.
        JournaledTurn[] tooMany = [other.Next(), .. Enumerable.Range(0, 50).Select(_ => chain.Next(text: 100_000))];
        Should.Throw<JournalUnavailableException>(() => journal.Append(tooMany)).Message.ShouldContain("full");
        journal.ReadAll().ShouldBe(first.Kept());
        journal.Streams().ShouldBe([Banana]);
        disk.FreeSpace();
        JournaledTurn[] fits = [.. tooMany[..8]];
        journal.Append(fits);
        journal.ReadAll().SequenceEqual([.. first.Kept(), .. fits.Kept()]).ShouldBeTrue();
    }

    [SkippableFact]
    public void A_snapshot_that_does_not_fit_leaves_the_one_before_and_all_turns()
    {
        using var disk = new SmallDisk();
        using var journal = SqliteJournal.Open(disk.Path);
        var chain = new TurnChain(Banana);
        journal.Append([chain.Next()]);
        journal.Save([new Snapshot(Banana, 2, new byte[] { 1 })]);
        journal.Append([chain.Next()]);
        Should.Throw<JournalUnavailableException>(() => journal.Save([new Snapshot(Banana, 3, new byte[4_000_000])]));
        journal.LatestSnapshot(Banana)!.NextSequence.ShouldBe(2);
        journal.Append([chain.Next()]);
        journal.ReadAll().Count.ShouldBe(3);
    }

    [SkippableFact]
    public void A_disk_that_became_read_only_is_named_and_when_it_is_writable_again_so_is_the_journal()
    {
        using var disk = new SmallDisk();
        using var journal = SqliteJournal.Open(disk.Path);
        var kept = new List<KeptTurn>();
        var refused = AppendUntilFull(journal, disk, new TurnChain(Banana), kept, 900);
        disk.FreeSpace();
        using (disk.ReadOnly())
        {
            Should.Throw<JournalUnavailableException>(journal.Probe).Message.ShouldContain(disk.Path);
            Should.Throw<JournalUnavailableException>(() => journal.Append([refused])).Message.ShouldContain(disk.Path);
        }
        journal.Probe();
        journal.Append([refused]);
        Soundness.ReadSound(journal).SequenceEqual([.. kept, KeptTurn.Of(refused)]).ShouldBeTrue();
    }

    [SkippableFact]
    public void A_folder_on_a_read_only_disk_cannot_be_owned_until_it_is_writable()
    {
        using var disk = new SmallDisk();
        SqliteJournal.Open(disk.Path).Dispose();
        using (disk.ReadOnly())
        {
            Should.Throw<JournalUnavailableException>(() => SqliteJournal.Open(disk.Path)).Message.ShouldContain(disk.Path);
        }
        using var journal = SqliteJournal.Open(disk.Path);
        journal.Append([new TurnChain(Banana).Next()]);
    }

    [SkippableFact]
    public void A_new_folder_on_a_full_disk_is_refused_and_used_once_there_is_room()
    {
        using var disk = new SmallDisk();
        disk.Fill();
        Should.Throw<JournalUnavailableException>(() => SqliteJournal.Open(disk.Path)).Message.ShouldContain(disk.Path);
        disk.FreeSpace();
        using var journal = SqliteJournal.Open(disk.Path);
        journal.Append([new TurnChain(Banana).Next()]);
        journal.ReadAll().Count.ShouldBe(1);
    }

    /// <returns>The turn that was refused.</returns>
    private static JournaledTurn AppendUntilFull(SqliteJournal journal, SmallDisk disk, TurnChain chain, List<KeptTurn> kept, int text)
    {
        for (var at = 0; at < 100_000; at++)
        {
            if (at == 5) { disk.Fill(); }
            var turn = chain.Next(text: text);
            try
            {
                journal.Append([turn]);
            }
            catch (JournalUnavailableException full)
            {
                full.Message.ShouldContain("full");
                full.Message.ShouldContain(disk.Path);
                return turn;
            }
            kept.Add(KeptTurn.Of(turn));
        }
        throw new InvalidOperationException("The disk never became full.");
    }
}
