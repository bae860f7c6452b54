using System.Buffers.Binary;

namespace Market.Node.Journals.Sqlite;

/// <summary>
/// A log that was moved into the database already. SQLite writes over it from its beginning, and a write that failed in part leaves it unsound,
/// but loses nothing. Where the database does not hold what the log's commits say, they would be lost.
/// </summary>
internal static class CheckpointedLog
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;
    private const int SmallestPage = 512;
    private const int LargestPage = 65_536;

    /// <summary>Whether the newest committed image of every page of the log is in the database.</summary>
    public static bool IsInDatabase(byte[] log, byte[] database)
    {
        if (database.Length < SmallestPage) { return false; }
        var said = BinaryPrimitives.ReadUInt16BigEndian(database.AsSpan(16));
        var page = said == 1 ? LargestPage : said;
        if (page < SmallestPage) { return false; }
        foreach (var (number, at) in NewestImages(log, page))
        {
            var image = log.AsSpan(at, page);
            var start = (number - 1) * page;
            if (number == 0 || start + page > database.Length || !image.SequenceEqual(database.AsSpan((int)start, page))) { return false; }
        }
        return true;
    }

    /// <returns>By page, where its image begins: of the frames that have the first one's salts, up to the last commit.</returns>
    private static Dictionary<long, int> NewestImages(byte[] log, int page)
    {
        var (newest, open) = (new Dictionary<long, int>(), new Dictionary<long, int>());
        var salts = log.AsSpan(HeaderLength + 8, 8);
        for (var at = HeaderLength; at + FrameHeaderLength + page <= log.Length && log.AsSpan(at + 8, 8).SequenceEqual(salts); at += FrameHeaderLength + page)
        {
            open[BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(at))] = at + FrameHeaderLength;
            if (BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(at + 4)) == 0) { continue; }
            foreach (var (number, image) in open) { newest[number] = image; }
            open.Clear();
        }
        return newest;
    }
}
