using Market.Actors.Journal;

namespace Market.Node.Journals.Sqlite;

/// <summary>A snapshot that is not sound is passed over at a start, so that only a look at each row shows it.</summary>
internal static class SnapshotDamage
{
    /// <param name="streams">By their numbers in the file.</param>
    /// <returns>What is damaged, in words.</returns>
    public static IReadOnlyList<string> Of(SqliteDatabase database, IReadOnlyDictionary<long, StreamId> streams)
    {
        var damage = new List<string>();
        try
        {
            using var rows = database.Prepare("SELECT stream, next_sequence, position, checksum, bytes FROM snapshots ORDER BY stream", keep: false);
            while (rows.Step())
            {
                var name = streams.TryGetValue(rows.Number(0), out var stream) ? $"{stream}" : $"stream {rows.Number(0)}, which is none,";
                var snapshot = new Snapshot(stream, rows.Number(1), rows.Bytes(4).ToArray());
                var isSound = streams.ContainsKey(rows.Number(0)) && SnapshotChecksum.Of(snapshot, rows.Number(0), rows.Number(2)) == rows.Number(3);
                if (!isSound) { damage.Add($"the snapshot of {name} is damaged; no turn is lost by that"); }
            }
        }
        catch (JournalCorruptException unread)
        {
            damage.Add(unread.Message);
        }
        return damage;
    }
}
