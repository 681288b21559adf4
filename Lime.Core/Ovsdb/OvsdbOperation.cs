using System.Collections.Immutable;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>One step of a transaction (RFC 7047 section 5.2).</summary>
internal abstract record OvsdbOperation
{
    private OvsdbOperation()
    {
    }

    /// <summary>What it is, for a person: <c>insert into Port</c>.</summary>
    public abstract string Name { get; }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteMembers(writer);
        writer.WriteEndObject();
    }

    protected abstract void WriteMembers(Utf8JsonWriter writer);

    private static void WriteStart(Utf8JsonWriter writer, string op, string table)
    {
        writer.WriteString("op", op);
        writer.WriteString("table", table);
    }

    private static void WriteWhere(Utf8JsonWriter writer, ImmutableArray<OvsdbCondition> where)
    {
        writer.WriteStartArray("where");
        foreach (OvsdbCondition each in where) each.Write(writer);
        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string member, ImmutableArray<string> texts)
    {
        writer.WriteStartArray(member);
        foreach (string each in texts) writer.WriteStringValue(each);
        writer.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter writer, OvsdbRow row)
    {
        writer.WritePropertyName("row");
        row.Write(writer);
    }

    /// <summary>A new row; columns that it leaves out get their defaults.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Row">The columns.</param>
    /// <param name="RowName">What the transaction's other operations call it by; null if none does.</param>
    public sealed record Insert(string Table, OvsdbRow Row, string? RowName = null) : OvsdbOperation
    {
        public override string Name => $"insert into {Table}";

        protected override void WriteMembers(Utf8JsonWriter writer)
        {
            WriteStart(writer, "insert", Table);
            WriteRow(writer, Row);
            if (RowName is not null) writer.WriteString("uuid-name", RowName);
        }
    }

    /// <summary>Rows that fulfil all conditions, some of their columns; all if none is named.</summary>
    public sealed record Select(
        string Table, ImmutableArray<OvsdbCondition> Where, ImmutableArray<string> Columns) : OvsdbOperation
    {
        public override string Name => $"select from {Table}";

        protected override void WriteMembers(Utf8JsonWriter writer)
        {
            WriteStart(writer, "select", Table);
            WriteWhere(writer, Where);
            if (!Columns.IsEmpty) WriteTexts(writer, "columns", Columns);
        }
    }

    /// <summary>Columns set in all rows that fulfil all conditions.</summary>
    public sealed record Update(string Table, ImmutableArray<OvsdbCondition> Where, OvsdbRow Row) : OvsdbOperation
    {
        public override string Name => $"update of {Table}";

        protected override void WriteMembers(Utf8JsonWriter writer)
        {
            WriteStart(writer, "update", Table);
            WriteWhere(writer, Where);
            WriteRow(writer, Row);
        }
    }

    /// <summary>Columns changed, in order, in all rows that fulfil all conditions.</summary>
    public sealed record Mutate(
        string Table, ImmutableArray<OvsdbCondition> Where, ImmutableArray<OvsdbMutation> Mutations) : OvsdbOperation
    {
        public override string Name => $"mutation of {Table}";

        protected override void WriteMembers(Utf8JsonWriter writer)
        {
            WriteStart(writer, "mutate", Table);
            WriteWhere(writer, Where);
            writer.WriteStartArray("mutations");
            foreach (OvsdbMutation each in Mutations) each.Write(writer);
            writer.WriteEndArray();
        }
    }

    /// <summary>All rows that fulfil all conditions go.</summary>
    public sealed record Delete(string Table, ImmutableArray<OvsdbCondition> Where) : OvsdbOperation
    {
        public override string Name => $"delete from {Table}";

        protected override void WriteMembers(Utf8JsonWriter writer)
        {
            WriteStart(writer, "delete", Table);
            WriteWhere(writer, Where);
        }
    }

    /// <summary>The transaction goes on if the columns of the rows that fulfil all conditions are (or are not) these;
    /// else it waits until they are, and fails with <see cref="OvsdbError.TimedOut"/>.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Where">Which rows.</param>
    /// <param name="Rows">What they have to be; each with the same columns, those that are compared.</param>
    /// <param name="IsEqual">Whether they have to be these, or anything but these.</param>
    /// <param name="TimeoutMs">How long to wait; 0: not at all.</param>
    public sealed record Wait(
        string Table, ImmutableArray<OvsdbCondition> Where, ImmutableArray<OvsdbRow> Rows, bool IsEqual = true,
        int TimeoutMs = 0) : OvsdbOperation
    {
        public override string Name => $"wait for {Table}";

        /// <summary>The columns that are compared; by default those of the rows.</summary>
        public ImmutableArray<string> Columns { get; init; } = Rows.IsEmpty ? [] : [.. Rows[0].Columns.Keys];

        protected override void WriteMembers(Utf8JsonWriter writer)
        {
            WriteStart(writer, "wait", Table);
            writer.WriteNumber("timeout", TimeoutMs);
            WriteWhere(writer, Where);
            WriteTexts(writer, "columns", Columns);
            writer.WriteString("until", IsEqual ? "==" : "!=");
            writer.WriteStartArray("rows");
            foreach (OvsdbRow each in Rows) each.Write(writer);
            writer.WriteEndArray();
        }
    }

    /// <summary>A note in the database's log, where <c>ovsdb-tool show-log</c> shows it.</summary>
    public sealed record Comment(string Text) : OvsdbOperation
    {
        public override string Name => "comment";

        protected override void WriteMembers(Utf8JsonWriter writer)
        {
            writer.WriteString("op", "comment");
            writer.WriteString("comment", Text);
        }
    }
}
