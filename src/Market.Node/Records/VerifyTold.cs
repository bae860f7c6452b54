using System.Globalization;
using System.Text.Json;
using Market.Actors.Journal;
using Market.Node.Cli;

namespace Market.Node.Records;

/// <summary><c>verify --told</c>: every answer that a client wrote down must be in the journal as it was told.</summary>
internal static class VerifyTold
{
    /// <returns>0 when all are, 1 when one is not, or a file could not be read.</returns>
    public static int Run(VerifyOptions options, string file, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        try
        {
            using var journal = JournalToRead.Open(options.DataFolder, options.Cluster);
            var told = ToldAnswer.ReadAll(file).Where(answer => options.Market is null || answer.Key.Market == options.Market).ToList();
            var audit = new ToldAudit(told);
            audit.Read(journal, cancel);
            var missing = audit.Missing().ToList();
            output.WriteLine(options.Json ? Json(file, told, audit, missing) : Text(file, told, audit, missing));
            return missing.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (Exception unread) when (unread is JournalUnavailableException or JournalCorruptException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(unread.Message);
            return ExitCode.Failed;
        }
    }

    private static string Text(string file, List<ToldAnswer> told, ToldAudit audit, List<ToldAnswer> missing)
    {
        var sum = string.Create(
            CultureInfo.InvariantCulture,
            $"{told.Count:N0} answers in {file}: {audit.Kept:N0} are in the journal as they were told, {told.Count(answer => !answer.IsKept):N0} were refused at the door and are never kept, {missing.Count:N0} are missing or otherwise.");
        return missing.Count == 0 ? sum : $"{Said(missing[0], audit)}\n{sum}";
    }

    private static string Said(ToldAnswer answer, ToldAudit audit)
    {
        var state = answer.State.ValueKind is JsonValueKind.Undefined ? "no state" : answer.State.GetRawText();
        return $"Line {answer.Line}: {answer.Key.Market} {answer.Key.Trader} was told {answer.Key.Type} {answer.Key.TxnId} {answer.Status} {state}, but {audit.Instead(answer)}.";
    }

    private static string Json(string file, List<ToldAnswer> told, ToldAudit audit, List<ToldAnswer> missing) => JsonSerializer.Serialize(new
    {
        file,
        holds = missing.Count == 0,
        told = told.Count,
        kept = audit.Kept,
        neverKept = told.Count(answer => !answer.IsKept),
        missing = missing.Count,
        first = missing.Count == 0 ? null : new { line = missing[0].Line, what = Said(missing[0], audit) },
    });
}
