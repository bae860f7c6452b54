using Market.Node.Cli;

namespace Market.Node.Laboratory;

/// <summary>Where the files of a run go.</summary>
/// <param name="path">Made when it is not there.</param>
public sealed class RunFolder(string path)
{
    public const string Prices = "prices.csv";
    public const string Trades = "trades.csv";
    public const string Board = "board.csv";
    public const string Plot = "run.svg";
    public const string Replications = "replications.csv";

    /// <summary>The files of one run; one of them may be left out.</summary>
    public static readonly IReadOnlyList<string> OfRun = [Prices, Trades, Board, Plot];

    /// <summary>Makes the folder ready for some files: of an earlier run none stays that could be taken for this one's.</summary>
    /// <param name="overwrite">Whether files of an earlier run may go.</param>
    /// <exception cref="WrongUsageException">One of the files is there and may not go; nothing was done.</exception>
    public void Prepare(IEnumerable<string> files, bool overwrite)
    {
        var there = files.Where(file => File.Exists(PathOf(file))).ToList();
        if (there.Count > 0 && !overwrite)
        {
            throw new WrongUsageException($"{path} holds {string.Join(", ", there)} of an earlier run. Choose another folder, or write over them with --yes.");
        }
        there.ForEach(file => File.Delete(PathOf(file)));
        Directory.CreateDirectory(path);
    }

    public string PathOf(string file) => Path.Combine(path, file);
}
