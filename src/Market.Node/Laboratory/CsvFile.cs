using System.Text;

namespace Market.Node.Laboratory;

/// <summary>A table as RFC 4180 has it: a header row, commas, lines that end with CR LF; UTF-8. Numbers are given as invariant text.</summary>
public sealed class CsvFile : IDisposable
{
    /// <summary>What ends every line.</summary>
    public const string LineEnd = "\r\n";

    private readonly StreamWriter _file;

    /// <exception cref="IOException">It cannot be written.</exception>
    public CsvFile(string path, params IEnumerable<string> columns)
    {
        _file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = LineEnd };
        _file.WriteLine(string.Join(',', columns));
    }

    /// <summary>A row whose texts are <see cref="Records.ExportJournal.Quoted"/> already.</summary>
    public void Write(FormattableString row) => _file.WriteLine(FormattableString.Invariant(row));

    /// <summary>A row of so many fields that they are given one by one; likewise.</summary>
    public void Write(IEnumerable<string> fields) => _file.WriteLine(string.Join(',', fields));

    public void Dispose() => _file.Dispose();
}
